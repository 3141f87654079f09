package io.mortar.journal.local;

import io.mortar.journal.contract.JournalSystem;
import io.mortar.journal.contract.SnapshotContract;
import java.nio.file.Path;

class LocalSnapshotsTest extends SnapshotContract {
    @Override
    protected JournalSystem open(Path directory) {
        return JournalSystem.local(directory);
    }

    @Override
    protected int snapshotBytesMax() {
        return 1 << 20;
    }
}
