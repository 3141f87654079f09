package io.mortar.client.report;

import static io.mortar.client.report.ReportFixture.ROOMY;
import static io.mortar.client.report.ReportFixture.brickId;
import static io.mortar.client.report.ReportFixture.location;
import static io.mortar.client.report.ReportFixture.node;
import static io.mortar.client.report.ReportFixture.nodeStatus;
import static io.mortar.client.report.ReportFixture.online;
import static io.mortar.client.report.ReportFixture.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import io.mortar.client.pool.RegistryClient;
import io.mortar.core.health.Reason;
import io.mortar.core.health.ReasonCode;
import io.mortar.core.health.Verdict;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.pool.Announcement;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.PoolDescribed;
import io.mortar.protocol.pool.RegistryProtocol.VolumesListed;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PoolReportsTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final PoolId POOL = new PoolId(new UUID(3, 3));
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final VolumeName VOL = new VolumeName("vol");

    private @Nullable RefusedException refusal;
    private PoolTopology topology = topology(true, true);
    private final PoolReports reports = new PoolReports(new Registry(), () -> topology, () -> NOON);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    /** Two nodes, of which the second has gone, and a volume on both. */
    private final class Registry implements RegistryClient {
        @Override
        public <R extends RegistryProtocol.Reply> CompletionStage<R> ask(
                Class<R> expected, Function<ActorRef<RegistryProtocol.Reply>, RegistryProtocol.Request> request) {
            if (refusal != null) {
                return CompletableFuture.failedStage(new CompletionException(refusal));
            }
            RegistryProtocol.Reply reply = expected == PoolDescribed.class
                    ? new PoolDescribed(POOL, new NodeName("bt1"), List.of(nodeStatus(2, true), nodeStatus(1, true)))
                    : expected == VolumesListed.class
                            ? new VolumesListed(List.of(volume(2, 1, online(1), online(2))))
                            : new RegistryProtocol.VolumeDescribed(volume(2, 1, online(1), online(2)));
            return CompletableFuture.completedStage(expected.cast(reply));
        }
    }

    private static PoolTopology topology(boolean second, boolean secondSeen) {
        Map<NodeId, PoolTopology.Node> nodes = new HashMap<>();
        Map<BrickId, PoolTopology.Brick> bricks = new HashMap<>();
        for (int number = 1; number <= (secondSeen ? 2 : 1); number++) {
            boolean reachable = number == 1 || second;
            nodes.put(
                    node(number),
                    new PoolTopology.Node(
                            node(number),
                            new NodeName("bt" + number),
                            "h" + number + ":2551",
                            "",
                            reachable,
                            KIT.system().deadLetters()));
            bricks.put(
                    brickId(number),
                    new PoolTopology.Brick(
                            node(number),
                            reachable,
                            new Announcement.Brick(
                                    brickId(number),
                                    new VolumeId(1),
                                    location(number),
                                    BrickHealth.ONLINE,
                                    "",
                                    ROOMY,
                                    KIT.system().deadLetters())));
        }
        return new PoolTopology(node(1), POOL, new NodeName("bt1"), null, null, nodes, bricks);
    }

    private void registryGone(RefusalCode code) {
        refusal = new RefusedException(code, "a change may or may not have been made");
    }

    private PoolReport pool() {
        return reports.pool().toCompletableFuture().join();
    }

    private VolumesReport volumes() {
        return reports.volumes().toCompletableFuture().join();
    }

    private VolumeReport look() {
        return reports.volume(VOL).toCompletableFuture().join();
    }

    private static List<ReasonCode> codes(List<Reason> reasons) {
        return reasons.stream().map(Reason::code).toList();
    }

    @Test
    void while_the_registry_answers_a_report_is_whole() {
        assertThat(pool().verdict()).isEqualTo(Verdict.OK);
        assertThat(pool().origin().partial()).isFalse();
        assertThat(pool().nodes()).extracting(node -> node.name().value()).containsExactly("bt1", "bt2");
        assertThat(volumes().verdict()).isEqualTo(Verdict.OK);
        assertThat(look().origin()).isEqualTo(new Origin(false, NOON));
    }

    @Test
    void without_the_registry_the_node_says_what_it_sees_and_who_is_missing() {
        pool();
        volumes();
        registryGone(RefusalCode.METADATA_UNAVAILABLE);
        topology = topology(false, true);

        PoolReport pool = pool();
        assertThat(pool.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(pool.origin()).isEqualTo(new Origin(true, NOON));
        assertThat(codes(pool.reasons())).containsExactly(ReasonCode.METADATA_UNAVAILABLE, ReasonCode.NODE_DOWN);
        assertThat(pool.reasons().get(0).text()).contains("2026-11-22T12:00:00Z");
        assertThat(pool.reasons().get(1).text()).contains("bt2", "h2:2551");

        VolumesReport volumes = volumes();
        assertThat(codes(volumes.reasons())).containsExactly(ReasonCode.METADATA_UNAVAILABLE);
        assertThat(codes(volumes.volumes().get(0).reasons())).containsExactly(ReasonCode.BRICK_DOWN);
        VolumeReport volume = look();
        assertThat(codes(volume.reasons())).containsExactly(ReasonCode.METADATA_UNAVAILABLE, ReasonCode.BRICK_DOWN);
        assertThat(volume.status().bricks())
                .extracting(RegistryProtocol.BrickStatus::health)
                .containsExactly(BrickHealth.ONLINE, BrickHealth.UNREACHABLE);
        assertThat(volume.status().bricks().get(1).reason()).isEqualTo("node bt2 cannot be reached");
    }

    @Test
    void a_node_that_the_registry_named_and_nobody_sees_is_away() {
        pool();
        volumes();
        registryGone(RefusalCode.TIMED_OUT);
        topology = topology(false, false);

        assertThat(pool().nodes())
                .extracting(RegistryProtocol.NodeStatus::reachable)
                .containsExactly(true, false);
        assertThat(pool().reasons().get(0).text())
                .contains("did not answer in time")
                .as("nothing was to be changed")
                .doesNotContain("may or may not");
        assertThat(look().status().bricks().get(1).reason()).contains("bt2", "has not been seen");
    }

    @Test
    void a_node_that_has_heard_of_nothing_says_so() {
        registryGone(RefusalCode.METADATA_UNAVAILABLE);

        assertThat(pool().origin().known()).isNull();
        assertThat(pool().nodes()).hasSize(2);
        assertThat(pool().reasons().get(0).text()).contains("has not heard");
        assertThat(volumes().volumes()).isEmpty();
        assertThat(volumes().verdict()).isEqualTo(Verdict.ERROR);
        assertThatThrownBy(this::look)
                .rootCause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.METADATA_UNAVAILABLE));
    }

    @Test
    void an_answer_that_is_a_refusal_is_no_absence() {
        volumes();
        registryGone(RefusalCode.VOLUME_NOT_FOUND);
        assertThatThrownBy(this::look)
                .rootCause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.VOLUME_NOT_FOUND));
    }
}
