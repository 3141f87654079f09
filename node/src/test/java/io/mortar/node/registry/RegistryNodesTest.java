package io.mortar.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.registry.RegistryEvent;
import io.mortar.protocol.brick.BrickAdminProtocol.ReconcileBricks;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.NodeStatus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RegistryNodesTest {
    private final RegistryRun run = new RegistryRun();

    @AfterEach
    void close() {
        run.close();
    }

    private void register(int node, int name) {
        run.tell(ref -> new RegistryProtocol.RegisterNode(
                FakePool.node(node), FakePool.name(name), FakePool.address(node), ref));
    }

    @Test
    void a_registered_name_outlives_a_restart() {
        run.start();
        register(1, 1);
        assertThat(run.reply(RegistryProtocol.NodeRegistered.class))
                .isEqualTo(new RegistryProtocol.NodeRegistered(FakePool.POOL, FakePool.node(1)));

        run.restart();
        register(2, 1);

        assertThat(run.refusal().code()).isEqualTo(RefusalCode.NAME_TAKEN);
    }

    @Test
    void the_address_of_a_node_is_remembered_before_it_is_let_in_and_that_of_a_refused_one_is_not() {
        run.start();
        register(1, 1);
        run.reply(RegistryProtocol.NodeRegistered.class);
        assertThat(run.rememberedAddresses).containsExactly(FakePool.address(1));
        register(2, 1);
        run.refusal();
        assertThat(run.rememberedAddresses).containsExactly(FakePool.address(1));
    }

    @Test
    void the_same_node_again_is_registered_without_a_second_event() {
        run.start();
        register(1, 1);
        register(1, 1);

        run.reply(RegistryProtocol.NodeRegistered.class);
        run.reply(RegistryProtocol.NodeRegistered.class);
        assertThat(run.events()).hasSize(1);
    }

    @Test
    void a_node_that_registers_again_is_reported_once_and_one_that_moved_again() {
        ((Logger) LoggerFactory.getLogger(Registry.class)).setLevel(Level.INFO);
        run.start();
        LoggingTestKit.info("node_registered").withOccurrences(2).expect(run.kit.system(), () -> {
            register(1, 1);
            register(1, 1);
            run.tell(ref -> new RegistryProtocol.RegisterNode(FakePool.node(1), FakePool.name(1), "10.9.9.9:1", ref));
            for (int i = 0; i < 3; i++) {
                run.reply(RegistryProtocol.NodeRegistered.class);
            }
            return null;
        });
    }

    @Test
    void a_forgotten_name_is_free() {
        run.startAfter();
        run.pool.down(3);
        run.tell(ref -> new RegistryProtocol.ForgetNode(FakePool.name(3), ref));
        run.reply(RegistryProtocol.NodeForgotten.class);

        NodeId other = new NodeId(new UUID(7, 7));
        run.tell(ref -> new RegistryProtocol.RegisterNode(other, FakePool.name(3), "10.0.0.9:2551", ref));

        run.reply(RegistryProtocol.NodeRegistered.class);
    }

    @Test
    void a_node_that_can_be_reached_is_not_forgotten() {
        run.startAfter();

        run.tell(ref -> new RegistryProtocol.ForgetNode(FakePool.name(3), ref));

        assertThat(run.refusal().text()).contains("can be reached");
    }

    @Test
    void the_pool_shows_registered_nodes_by_name_as_the_topology_sees_them() {
        run.startAfter(RegistryRun.creating(), new RegistryEvent.VolumeCreated(RegistryRun.FIRST));
        run.pool.down(2);
        run.pool.neverSeen(3);

        run.tell(RegistryProtocol.DescribePool::new);

        var pool = run.reply(RegistryProtocol.PoolDescribed.class);
        assertThat(pool.pool()).isEqualTo(FakePool.POOL);
        assertThat(pool.metadataNode()).isEqualTo(new NodeName("bt1"));
        assertThat(pool.nodes())
                .containsExactly(
                        status(1, "http://10.0.0.1:8080", true),
                        status(2, "http://10.0.0.2:8080", false),
                        status(3, "", false));
    }

    private static NodeStatus status(int n, String url, boolean reachable) {
        return new NodeStatus(FakePool.node(n), FakePool.name(n), FakePool.address(n), url, reachable, 1);
    }

    @Test
    void a_node_that_came_is_told_once_which_bricks_it_should_have() {
        run.pool.down(2);
        run.startAfter(RegistryRun.creating(), new RegistryEvent.VolumeCreated(RegistryRun.FIRST));
        run.settle();

        run.time.timePasses(Duration.ofSeconds(5));
        run.pool.keeper(1).expectMessage(new ReconcileBricks(List.of(RegistryRun.brick(11))));
        run.pool.up(2);
        run.time.timePasses(Duration.ofSeconds(5));

        run.pool.keeper(2).expectMessage(new ReconcileBricks(List.of(RegistryRun.brick(12))));
        run.settle();
        run.pool.keeper(1).expectNoMessage();
    }
}
