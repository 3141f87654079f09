package io.mortar.multijvm.metadata;

import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The node that leads the metadata dies under load, and the one that takes over does as well. */
class LeaderCrashIT {
    private static final int KILLS = 2;
    private static final int CHANGES = 60;

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(3);

    @Test
    void nothing_is_lost_or_done_twice_when_leaders_are_killed() throws Exception {
        Quorum quorum = Quorum.withVolume(pool, 3);
        try (HistoryRecorder clients = new HistoryRecorder(Quorum.VOLUME, pool.nodes())) {
            clients.awaitChanges(CHANGES);
            for (int i = 0; i < KILLS; i++) {
                NodeProcess leader = quorum.leader();
                leader.kill();
                clients.awaitChanges(CHANGES);
                leader.start();
                leader.awaitReady();
                clients.awaitChanges(CHANGES);
            }
            clients.assertLinearizable();
        }
    }
}
