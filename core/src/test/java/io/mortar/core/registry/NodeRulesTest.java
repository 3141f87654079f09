package io.mortar.core.registry;

import static io.mortar.core.registry.Samples.POOL;
import static io.mortar.core.registry.Samples.events;
import static io.mortar.core.registry.Samples.name;
import static io.mortar.core.registry.Samples.node;
import static io.mortar.core.registry.Samples.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeState;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeRulesTest {
    @Test
    void a_new_node_gets_a_free_name() {
        var register = new RegistryCommand.RegisterNode(node(4), name(4), "10.0.0.4:2551");

        assertThat(events(POOL, register))
                .containsExactly(new RegistryEvent.NodeRegistered(node(4), name(4), "10.0.0.4:2551"));
    }

    @Test
    void a_known_node_at_its_old_address_changes_nothing() {
        var register = new RegistryCommand.RegisterNode(node(1), name(1), "10.0.0.1:2551");

        assertThat(events(POOL, register)).isEmpty();
    }

    @Test
    void a_known_node_may_move_to_another_address() {
        var register = new RegistryCommand.RegisterNode(node(1), name(1), "10.9.9.9:2551");

        RegistryState moved = Samples.after(POOL, register);

        assertThat(moved.nodes()).hasSize(3);
        assertThat(moved.node(name(1)).orElseThrow().address()).isEqualTo("10.9.9.9:2551");
    }

    @Test
    void a_name_of_another_node_is_refused_and_its_holder_named() {
        Refusal refusal = refusal(POOL, new RegistryCommand.RegisterNode(node(4), name(1), "10.0.0.4:2551"));

        assertThat(refusal.code()).isEqualTo(RefusalCode.NAME_TAKEN);
        assertThat(refusal.text())
                .contains("10.0.0.4:2551", "'bt1'", node(1).toString(), "10.0.0.1:2551", "mortar pool forget bt1");
    }

    @Test
    void a_node_keeps_the_name_it_has() {
        Refusal refusal = refusal(POOL, new RegistryCommand.RegisterNode(node(1), name(4), "10.0.0.1:2551"));

        assertThat(refusal.code()).isEqualTo(RefusalCode.NAME_TAKEN);
        assertThat(refusal.text()).contains("'bt4'", "--name bt1");
    }

    @Test
    void nodes_beyond_the_limit_are_refused() {
        RegistryState full = POOL.evolve(Samples.registered(4));

        Refusal refusal = refusal(full, new RegistryCommand.RegisterNode(node(5), name(5), "10.0.0.5:2551"));

        assertThat(refusal.code()).isEqualTo(RefusalCode.OVERLOADED);
        assertThat(refusal.text()).contains("4 nodes");
    }

    @Test
    void a_lost_node_without_bricks_is_forgotten_and_its_name_free() {
        RegistryState forgotten =
                Samples.after(POOL, new RegistryCommand.ForgetNode(name(3), Set.of(node(1), node(2))));

        assertThat(forgotten.node(name(3))).isEmpty();
        assertThat(events(forgotten, new RegistryCommand.RegisterNode(node(4), name(3), "10.0.0.4:2551")))
                .hasSize(1);
    }

    @Test
    void an_unknown_node_cannot_be_forgotten_and_the_known_ones_are_listed() {
        Refusal refusal = refusal(POOL, new RegistryCommand.ForgetNode(new NodeName("bt9"), Set.of()));

        assertThat(refusal.code()).isEqualTo(RefusalCode.NODE_NOT_FOUND);
        assertThat(refusal.text()).contains("'bt9'", "bt1, bt2, bt3");
    }

    @Test
    void a_reachable_node_is_not_forgotten() {
        Refusal refusal = refusal(POOL, new RegistryCommand.ForgetNode(name(3), Samples.ALL));

        assertThat(refusal.code()).isEqualTo(RefusalCode.NAME_TAKEN);
        assertThat(refusal.text()).contains("can be reached at 10.0.0.3:2551");
    }

    @Test
    void a_node_with_bricks_of_a_volume_is_not_forgotten() {
        for (VolumeState state : VolumeState.values()) {
            Refusal refusal =
                    refusal(Samples.volumeIn(state), new RegistryCommand.ForgetNode(name(3), Set.of(node(1))));

            assertThat(refusal.code()).isEqualTo(RefusalCode.BRICK_IN_USE);
            assertThat(refusal.text()).contains("volume 'bt-vol'");
        }
    }

    @Test
    void bricks_that_a_forgotten_node_has_not_given_back_are_given_up() {
        RegistryState owing = Samples.after(
                Samples.volumeIn(VolumeState.DELETING), new RegistryCommand.CompleteDeletion(Samples.FIRST));

        RegistryState forgotten =
                Samples.after(owing, new RegistryCommand.ForgetNode(name(3), Set.of(node(1), node(2))));

        assertThat(owing.releasing()).hasSize(3);
        assertThat(forgotten.releasing()).extracting(OwnedBrick::node).containsExactly(node(1), node(2));
    }
}
