package io.mortar.node.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.node.identity.MetadataHolder;
import io.mortar.node.identity.NodeIdentity;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JoinPlanTest {
    private static final NodeIdentity NEW =
            new NodeIdentity(new NodeId(new UUID(1, 2)), new NodeName("bt2"), null, null, false, List.of());
    private static final String JOURNAL = "mortar.journal.quorum";
    private static final List<String> SEEDS = List.of("bt1:2551", "bt2:2551", "bt3:2551");

    @Test
    void a_node_without_seeds_founds_its_own_pool() {
        assertThat(JoinPlan.of(NEW, "bt2:2551", List.of(), List.of(), JOURNAL))
                .matches(p -> p.founds() && p.doors().isEmpty());
    }

    @Test
    void only_the_first_seed_founds_and_nobody_knocks_at_himself() {
        assertThat(JoinPlan.of(NEW, "bt1:2551", SEEDS, List.of(), JOURNAL).founds())
                .isTrue();
        JoinPlan second = JoinPlan.of(NEW, "bt2:2551", SEEDS, List.of(), JOURNAL);
        assertThat(second.founds()).isFalse();
        assertThat(second.doors()).containsExactly("bt1:2551", "bt3:2551");
    }

    @Test
    void who_is_to_join_never_founds() {
        assertThat(JoinPlan.of(NEW, "bt1:2551", SEEDS, List.of("bt9:2551"), JOURNAL)
                        .founds())
                .isFalse();
    }

    @Test
    void a_node_of_a_pool_never_founds_another_and_knocks_at_its_peers_first() {
        NodeIdentity member = NEW.inPool(
                        new PoolId(new UUID(3, 4)), new MetadataHolder(new NodeId(new UUID(5, 6)), new NodeName("bt1")))
                .withPeers(List.of("bt7:2551"));
        JoinPlan plan = JoinPlan.of(member, "bt1:2551", SEEDS, List.of(), JOURNAL);
        assertThat(plan.founds()).isFalse();
        assertThat(plan.doors()).containsExactly("bt7:2551", "bt2:2551", "bt3:2551");
    }
}
