package io.mortar.multijvm.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes die in the middle of a write, and find half of it when they come back. */
class PowerLossIT {
    private static final int CHANGES = 60;
    private static final int STORES = 2;

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(3);

    @Test
    void nothing_is_lost_or_done_twice_when_all_nodes_lose_their_power_at_once() throws Exception {
        Quorum.withVolume(pool, 3);
        try (HistoryRecorder clients = new HistoryRecorder(Quorum.VOLUME, pool.nodes())) {
            clients.awaitChanges(CHANGES);
            pool.killAll();
            for (NodeProcess node : pool.nodes()) {
                assertThat(TornTails.leaveIn(node)).isEqualTo(STORES);
            }
            pool.start(1, 2, 3);
            clients.awaitChanges(CHANGES);
            clients.assertLinearizable();
        }
    }

    @Test
    void a_voter_with_a_torn_tail_is_as_good_as_any_other() throws Exception {
        Quorum quorum = Quorum.withVolume(pool, 3);
        try (HistoryRecorder clients = new HistoryRecorder(Quorum.VOLUME, pool.nodes())) {
            clients.awaitChanges(CHANGES);
            NodeProcess torn = quorum.follower();
            torn.kill();
            assertThat(TornTails.leaveIn(torn)).isEqualTo(STORES);
            clients.awaitChanges(CHANGES);
            torn.start();
            torn.awaitReady();
            quorum.leader().kill();
            clients.awaitChanges(CHANGES); // Of three voters two are left, so each change is on the torn one as well.
            clients.assertLinearizable();
        }
    }
}
