package io.mortar.multijvm.metadata;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import io.mortar.multijvm.pool.SeparateNetworks;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The leader is cut off from the other nodes, while clients reach all of them. */
class PartitionIT {
    private static final int CHANGES = 60;

    private final SeparateNetworks networks = new SeparateNetworks(3);

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(3).on(networks);

    /** What the leader cannot do any more. */
    enum Cut {
        HEAR,
        SPEAK,
        HEAR_AND_SPEAK
    }

    @BeforeAll
    static void take_networks_that_can_be_cut() throws InterruptedException {
        assumeTrue(
                SeparateNetworks.areAvailable(),
                "skipped: network namespaces, which let nodes be cut off, take root and the ip command");
    }

    @ParameterizedTest
    @EnumSource(Cut.class)
    void what_clients_see_stays_consistent_while_the_leader_is_cut_off(Cut cut) throws Exception {
        Quorum quorum = Quorum.withVolume(pool, 3);
        try (HistoryRecorder clients = new HistoryRecorder(Quorum.VOLUME, pool.nodes())) {
            clients.awaitChanges(CHANGES);
            NodeProcess leader = quorum.leader();
            for (NodeProcess other : quorum.others(leader)) {
                cut(cut, leader, other);
            }
            clients.awaitChanges(CHANGES);
            for (NodeProcess other : quorum.others(leader)) {
                mend(cut, leader, other);
            }
            clients.awaitChanges(CHANGES);
            clients.assertLinearizable();
        }
    }

    private void cut(Cut cut, NodeProcess leader, NodeProcess other) throws IOException, InterruptedException {
        if (cut != Cut.SPEAK) {
            networks.cut(other, leader);
        }
        if (cut != Cut.HEAR) {
            networks.cut(leader, other);
        }
    }

    private void mend(Cut cut, NodeProcess leader, NodeProcess other) throws IOException, InterruptedException {
        if (cut != Cut.SPEAK) {
            networks.mend(other, leader);
        }
        if (cut != Cut.HEAR) {
            networks.mend(leader, other);
        }
    }
}
