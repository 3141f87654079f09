package io.mortar.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.mortar.core.layout.BrickState;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.brick.BrickAdminProtocol.CheckBrick;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.pool.Announcement;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol.ChangeAllowed;
import io.mortar.protocol.pool.RegistryProtocol.ComingBrick;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolBrickSurveysTest {
    private static final NodeId NODE = new NodeId(new UUID(1, 1));

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<BrickAdminProtocol.Request> keeper = kit.createTestProbe();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private static BrickId id(int number) {
        return new BrickId(new UUID(0, number));
    }

    private static ComingBrick coming(int number, String place) {
        return new ComingBrick(id(number), BrickLocation.parse(place));
    }

    /** A node bt1, with a brick that has its part of the file system "disk". */
    private PoolTopology topology() {
        ActorRef<BrickAdminProtocol.Request> bricks = keeper.ref();
        Announcement.Brick there = new Announcement.Brick(
                id(1),
                new VolumeId(1),
                BrickLocation.parse("bt1:/a"),
                BrickHealth.ONLINE,
                "",
                new BrickCapacity(600, 0, 600, 0, "disk"),
                kit.system().deadLetters());
        return new PoolTopology(
                NODE,
                new PoolId(new UUID(2, 2)),
                null,
                null,
                null,
                Map.of(NODE, new PoolTopology.Node(NODE, new NodeName("bt1"), "127.0.0.1:2551", "", true, bricks)),
                Map.of(id(1), new PoolTopology.Brick(NODE, true, there)));
    }

    private CompletableFuture<List<BrickState>> survey(ComingBrick... coming) {
        return new PoolBrickSurveys(kit.system(), this::topology)
                .survey(new ChangeAllowed(new VolumeId(7), true, List.of(), List.of(coming), null))
                .toCompletableFuture();
    }

    private void answer(String directory, BrickAdminProtocol.Reply reply) {
        CheckBrick asked = keeper.expectMessageClass(CheckBrick.class, Duration.ofSeconds(10));
        assertThat(asked.directory()).isEqualTo(directory);
        assertThat(asked.volume()).isEqualTo(new VolumeId(7));
        asked.replyTo().tell(reply);
    }

    @Test
    void bricks_on_one_file_system_are_given_their_parts_of_it() throws Exception {
        CompletableFuture<List<BrickState>> surveyed =
                survey(coming(2, "bt1:/b"), coming(3, "bt1:/c"), coming(4, "bt1:/d"));
        answer("/b", new BrickAdminProtocol.BrickChecked(id(2), new BrickCapacity(600, 0, 600, 0, "disk")));
        answer("/c", new BrickAdminProtocol.BrickChecked(id(3), new BrickCapacity(600, 0, 600, 0, "disk")));
        answer("/d", new BrickAdminProtocol.BrickChecked(id(4), new BrickCapacity(500, 0, 500, 0, "other")));

        assertThat(surveyed.get(10, TimeUnit.SECONDS))
                .containsExactly(
                        new BrickState(id(2), BrickLocation.parse("bt1:/b"), true, 200),
                        new BrickState(id(3), BrickLocation.parse("bt1:/c"), true, 200),
                        new BrickState(id(4), BrickLocation.parse("bt1:/d"), true, 500));
    }

    @Test
    void what_the_node_refuses_is_told_with_the_brick() {
        CompletableFuture<List<BrickState>> surveyed = survey(coming(2, "bt1:/b"));
        answer(
                "/b",
                new BrickAdminProtocol.BrickAdminRefused(
                        id(2), new Refusal(RefusalCode.BRICK_NOT_EMPTY, "it has a photo")));

        assertThatThrownBy(() -> surveyed.get(10, TimeUnit.SECONDS))
                .hasCause(new RefusedException(RefusalCode.BRICK_NOT_EMPTY, "brick bt1:/b: it has a photo"));
    }

    @Test
    void a_node_that_is_not_there_is_named() {
        assertThatThrownBy(() -> survey(coming(2, "bt9:/b")).get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("BRICK_DOWN")
                .hasMessageContaining("node 'bt9'");
    }
}
