package io.mortar.journal.quorum;

import io.mortar.journal.contract.JournalSystem;
import io.mortar.journal.contract.SnapshotContract;
import java.nio.file.Path;

class QuorumSnapshotsTest extends SnapshotContract {
    @Override
    protected JournalSystem open(Path directory) {
        return QuorumSystem.leading(new SoloLog(directory));
    }

    @Override
    protected int snapshotBytesMax() {
        return 512 << 10;
    }
}
