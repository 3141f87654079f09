package io.mortar.node.join;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.node.identity.MetadataHolder;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.pool.JoinProtocol;
import io.mortar.protocol.pool.JoinProtocol.Knock;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoorTest {
    private static final PoolId POOL = new PoolId(new UUID(3, 4));
    private static final NodeId BT1 = new NodeId(new UUID(0, 1));
    private static final NodeId BT2 = new NodeId(new UUID(0, 2));
    private static final NodeIdentity NEW = new NodeIdentity(BT1, new NodeName("bt1"), null, null, false, List.of());
    private static final NodeIdentity MEMBER = NEW.inPool(POOL, new MetadataHolder(BT1, new NodeName("bt1")));

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<JoinProtocol.Reply> guest = kit.createTestProbe();
    private final TestProbe<RegistryProtocol.Request> registry = kit.createTestProbe();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private boolean member = true;
    private @Nullable String journal = "mortar.journal.quorum";

    private PoolTopology topology(@Nullable ActorRef<RegistryProtocol.Request> ref) {
        PoolTopology.Node bt1 = new PoolTopology.Node(
                BT1,
                new NodeName("bt1"),
                "bt1:2551",
                "http://bt1:8080",
                ref != null,
                kit.createTestProbe(BrickAdminProtocol.Request.class).ref());
        return new PoolTopology(BT1, POOL, new NodeName("bt1"), null, ref, Map.of(BT1, bt1), Map.of());
    }

    private void knock(NodeIdentity self, boolean registryThere, @Nullable PoolId pool) {
        PoolTopology topology = topology(registryThere ? registry.ref() : null);
        kit.spawn(Door.create(() -> self, () -> topology, () -> member, "mortar.journal.quorum"))
                .tell(new Knock(pool, BT2, new NodeName("bt2"), "bt2:2551", 1, guest.ref(), journal));
    }

    @Test
    void a_registered_node_is_admitted_with_the_metadata_node_as_first_seed() {
        knock(MEMBER, true, null);
        RegistryProtocol.RegisterNode register = registry.expectMessageClass(RegistryProtocol.RegisterNode.class);
        assertThat(register.name()).isEqualTo(new NodeName("bt2"));
        register.replyTo().tell(new RegistryProtocol.NodeRegistered(POOL, BT1));
        guest.expectMessage(new JoinProtocol.Admitted(POOL, BT1, new NodeName("bt1"), List.of("bt1:2551")));
    }

    @Test
    void a_taken_name_is_turned_away_with_the_registrys_words() {
        knock(MEMBER, true, null);
        Refusal refusal = new Refusal(RefusalCode.NAME_TAKEN, "bt2 is taken");
        registry.expectMessageClass(RegistryProtocol.RegisterNode.class)
                .replyTo()
                .tell(new RegistryProtocol.Refused(refusal));
        guest.expectMessage(new JoinProtocol.TurnedAway(refusal));
    }

    @Test
    void a_node_of_another_pool_is_turned_away_without_asking() {
        knock(MEMBER, true, new PoolId(new UUID(7, 8)));
        assertThat(guest.expectMessageClass(JoinProtocol.TurnedAway.class)
                        .refusal()
                        .code())
                .isEqualTo(RefusalCode.WRONG_POOL);
        registry.expectNoMessage();
    }

    @Test
    void a_node_that_looks_for_the_metadata_in_another_journal_is_turned_away_with_both_and_the_key() {
        journal = "jdbc-journal";
        for (PoolId known : new PoolId[] {null, POOL}) {
            knock(MEMBER, true, known);
            assertThat(guest.expectMessageClass(JoinProtocol.TurnedAway.class)
                            .refusal()
                            .text())
                    .contains("bt2", "jdbc-journal", "mortar.journal.quorum", "mortar.coordinator.journal-plugin");
        }
        registry.expectNoMessage();
    }

    @Test
    void a_node_that_does_not_say_which_journal_it_has_is_registered_as_before() {
        journal = null;
        knock(MEMBER, true, null);
        registry.expectMessageClass(RegistryProtocol.RegisterNode.class);
    }

    @Test
    void who_has_no_pool_says_so() {
        knock(NEW, true, null);
        assertThat(guest.expectMessageClass(JoinProtocol.NotYet.class).inPool()).isFalse();
    }

    @Test
    void without_the_registry_only_former_members_are_admitted() {
        knock(MEMBER, false, null);
        JoinProtocol.NotYet notYet = guest.expectMessageClass(JoinProtocol.NotYet.class);
        assertThat(notYet).matches(answer -> answer.inPool() && answer.member());
        knock(MEMBER, false, POOL);
        guest.expectMessageClass(JoinProtocol.Admitted.class);
    }

    @Test
    void who_is_not_in_the_cluster_helps_nobody_in() {
        member = false;
        knock(MEMBER, true, POOL);
        assertThat(guest.expectMessageClass(JoinProtocol.NotYet.class))
                .matches(notYet -> notYet.inPool() && !notYet.member());
        registry.expectNoMessage();
    }
}
