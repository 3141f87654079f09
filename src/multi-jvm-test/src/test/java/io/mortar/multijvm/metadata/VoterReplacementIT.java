package io.mortar.multijvm.metadata;

import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A voter dies for good while a node that does not vote is there to take its place. */
class VoterReplacementIT {
    private static final int CHANGES = 60;

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(4)
            .configured("mortar.journal.group.membership { replace-voter-after = 8s, contact-within = 5s }");

    @Test
    void a_dead_voter_is_replaced_under_load_and_then_another_may_die() throws Exception {
        Quorum quorum = Quorum.withVolume(pool, 3);
        try (HistoryRecorder clients = new HistoryRecorder(Quorum.VOLUME, pool.nodes())) {
            clients.awaitChanges(CHANGES);
            NodeProcess leader = quorum.leader();
            List<String> voters = quorum.voters();
            NodeProcess dead = pool.nodes().stream()
                    .filter(node -> node != leader && voters.contains(node.name()))
                    .findFirst()
                    .orElseThrow();
            dead.kill();
            quorum.awaitVoters(quorum.others(dead));
            clients.awaitChanges(CHANGES);
            quorum.leader().kill();
            clients.awaitChanges(CHANGES);
            clients.assertLinearizable();
        }
    }
}
