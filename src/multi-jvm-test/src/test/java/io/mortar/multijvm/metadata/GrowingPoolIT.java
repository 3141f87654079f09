package io.mortar.multijvm.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool of one node becomes one of three while it is in use. */
class GrowingPoolIT {
    private static final int CHANGES = 60;

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(1);

    @Test
    void its_metadata_moves_to_three_nodes_without_a_client_noticing() throws Exception {
        NodeProcess first = pool.node(1);
        NodeProcess second = pool.stranger("bt2");
        NodeProcess third = pool.stranger("bt3");
        Quorum quorum = new Quorum(List.of(first, second, third));
        Quorum.withVolume(pool, 1);
        try (HistoryRecorder clients = new HistoryRecorder(Quorum.VOLUME, pool.nodes())) {
            clients.awaitChanges(CHANGES);
            for (NodeProcess joining : List.of(second, third)) {
                joining.joinThrough(first);
                joining.start();
                joining.awaitReady();
                clients.awaitChanges(CHANGES);
            }
            quorum.awaitVoterCount(3);
            clients.awaitChanges(CHANGES);
            assertThat(clients.troubles()).isEmpty();
            clients.assertLinearizable();
        }
    }
}
