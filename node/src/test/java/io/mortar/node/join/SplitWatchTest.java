package io.mortar.node.join;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.node.identity.MetadataHolder;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.protocol.pool.JoinProtocol;
import io.mortar.protocol.pool.JoinProtocol.Knock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SplitWatchTest {
    private static final PoolId POOL = new PoolId(new UUID(3, 4));
    private static final NodeId BT1 = new NodeId(new UUID(0, 1));
    private static final NodeIdentity IDENTITY = new NodeIdentity(
            BT1,
            new NodeName("bt1"),
            POOL,
            new MetadataHolder(BT1, new NodeName("bt1")),
            true,
            List.of("bt2:2551", "bt3:2551"));

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<JoinProtocol.Request> bt2 = kit.createTestProbe();
    private final CountDownLatch separated = new CountDownLatch(1);
    private volatile boolean leads = true;

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private void watch() {
        kit.spawn(SplitWatch.create(
                new SplitWatch.Surroundings(
                        () -> IDENTITY,
                        () -> leads,
                        "bt1:2551",
                        () -> Set.of("bt1:2551", "bt3:2551"),
                        address -> {
                            assertThat(address).as("bt3 is a member").isEqualTo("bt2:2551");
                            return bt2.ref();
                        },
                        separated::countDown),
                Duration.ofMillis(100)));
    }

    private void answer(JoinProtocol.Reply reply) {
        ((Knock) bt2.receiveMessage()).replyTo().tell(reply);
    }

    private static JoinProtocol.Reply admitted() {
        return new JoinProtocol.Admitted(POOL, BT1, new NodeName("bt1"), List.of("bt2:2551"));
    }

    @Test
    void a_peer_that_keeps_letting_us_into_its_own_cluster_ends_this_node() throws InterruptedException {
        watch();
        for (int i = 0; i < 4; i++) {
            assertThat(separated.getCount()).isEqualTo(1);
            answer(admitted());
        }
        assertThat(separated.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_node_that_does_not_lead_asks_nobody() {
        leads = false;
        watch();
        bt2.expectNoMessage(Duration.ofMillis(400));
        leads = true;
        bt2.receiveMessage();
    }

    @Test
    void a_peer_that_is_on_its_way_in_or_away_ends_nothing() {
        watch();
        for (int i = 0; i < 3; i++) {
            answer(admitted());
            answer(admitted());
            answer(new JoinProtocol.NotYet(true, false, "not in the cluster"));
        }
        bt2.receiveMessage();
        bt2.receiveMessage();
        assertThat(separated.getCount()).isEqualTo(1);
    }
}
