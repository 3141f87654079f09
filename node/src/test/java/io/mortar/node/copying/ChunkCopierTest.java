package io.mortar.node.copying;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.brick.BrickProtocol.BrickRefused;
import io.mortar.protocol.brick.BrickProtocol.ChunkNotFetched;
import io.mortar.protocol.brick.BrickProtocol.ChunkStored;
import io.mortar.protocol.brick.BrickProtocol.FetchChunk;
import io.mortar.protocol.pool.Announcement;
import io.mortar.protocol.pool.PoolTopology;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChunkCopierTest {
    private static final ChunkId CHUNK = new ChunkId(new FileVersion(new VolumeId(1), 2, 3), 4, 0);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ActorTestKit kit = ActorTestKit.create();
    private final List<TestProbe<BrickProtocol.Request>> bricks =
            List.of(kit.createTestProbe(), kit.createTestProbe(), kit.createTestProbe());
    private final Set<BrickId> down = ConcurrentHashMap.newKeySet();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private static BrickId id(int index) {
        return new BrickId(new UUID(1, index));
    }

    private PoolTopology topology() {
        NodeId node = new NodeId(new UUID(2, 2));
        Map<BrickId, PoolTopology.Brick> known = new HashMap<>();
        for (int i = 0; i < bricks.size(); i++) {
            Announcement.Brick announced = new Announcement.Brick(
                    id(i),
                    new VolumeId(1),
                    new BrickLocation(new NodeName("bt" + i), "/srv/brick"),
                    BrickHealth.ONLINE,
                    "",
                    BrickCapacity.NONE,
                    bricks.get(i).getRef());
            known.put(id(i), new PoolTopology.Brick(node, !down.contains(id(i)), announced));
        }
        return new PoolTopology(node, null, null, null, null, Map.of(), known);
    }

    /** Copies from bricks 1 and 2 to brick 0. */
    private CompletableFuture<CopyResult> copy(Duration timeout) {
        ChunkCopy copy = new ChunkCopy(CHUNK, 77, id(0), List.of(id(1), id(2)), 9);
        return new ChunkCopier(kit.system(), this::topology, timeout).copy(copy).toCompletableFuture();
    }

    private CopyResult answered(Function<FetchChunk, BrickProtocol.Reply> answer) throws Exception {
        CompletableFuture<CopyResult> result = copy(TIMEOUT);
        FetchChunk fetch = bricks.get(0).expectMessageClass(FetchChunk.class, TIMEOUT);
        fetch.replyTo().tell(answer.apply(fetch));
        return get(result);
    }

    private static CopyResult get(CompletableFuture<CopyResult> result)
            throws InterruptedException, ExecutionException, TimeoutException {
        return result.get(20, TimeUnit.SECONDS);
    }

    private static CopyResult refused(RefusalCode code, Function<Refusal, CopyResult> result) {
        return result.apply(new Refusal(code, "as the test wants"));
    }

    @Test
    void the_brick_is_told_what_to_get_and_from_whom() throws Exception {
        CompletableFuture<CopyResult> result = copy(TIMEOUT);
        FetchChunk fetch = bricks.get(0).expectMessageClass(FetchChunk.class, TIMEOUT);
        assertThat(fetch.chunk()).isEqualTo(CHUNK);
        assertThat(fetch.sizeBytes()).isEqualTo(77);
        assertThat(fetch.order()).isEqualTo(9);
        assertThat(fetch.sources())
                .containsExactly(bricks.get(1).getRef(), bricks.get(2).getRef());
        fetch.replyTo().tell(new ChunkStored(fetch.requestId()));
        assertThat(get(result)).isEqualTo(new CopyResult.Copied());
    }

    @Test
    void what_the_sources_and_what_the_brick_cannot_do_are_told_apart() throws Exception {
        Refusal why = new Refusal(RefusalCode.BRICK_DOWN, "as the test wants");
        assertThat(answered(f -> new ChunkNotFetched(f.requestId(), why))).isEqualTo(new CopyResult.NotToBeHad(why));
        assertThat(answered(f -> new BrickRefused(f.requestId(), why))).isEqualTo(new CopyResult.BrickFailed(why));
        Refusal later = new Refusal(RefusalCode.OVERLOADED, "as the test wants");
        assertThat(answered(f -> new ChunkNotFetched(f.requestId(), later))).isEqualTo(new CopyResult.Busy());
        assertThat(refused(RefusalCode.OVERLOADED, CopyResult::ofRefusal)).isEqualTo(new CopyResult.Busy());
        assertThat(refused(RefusalCode.LEASE_LOST, CopyResult::ofRefusal)).isEqualTo(new CopyResult.Overtaken());
        assertThat(refused(RefusalCode.NO_SPACE, CopyResult::ofRefusal)).isInstanceOf(CopyResult.BrickFailed.class);
    }

    @Test
    void a_brick_that_is_down_fails_without_being_asked() throws Exception {
        down.add(id(0));
        CopyResult.BrickFailed failed = (CopyResult.BrickFailed) get(copy(TIMEOUT));
        assertThat(failed.refusal().code()).isEqualTo(RefusalCode.BRICK_DOWN);
        bricks.get(0).expectNoMessage(Duration.ZERO);
    }

    @Test
    void a_brick_that_goes_away_meanwhile_is_not_waited_for() throws Exception {
        CompletableFuture<CopyResult> result = copy(Duration.ofHours(1));
        bricks.get(0).expectMessageClass(FetchChunk.class, TIMEOUT);
        down.add(id(0));
        assertThat(((CopyResult.BrickFailed) get(result)).refusal().code()).isEqualTo(RefusalCode.BRICK_DOWN);
    }

    @Test
    void a_brick_that_does_not_answer_has_failed() throws Exception {
        CopyResult.BrickFailed failed = (CopyResult.BrickFailed) get(copy(Duration.ofMillis(50)));
        assertThat(failed.refusal().code()).isEqualTo(RefusalCode.TIMED_OUT);
        assertThat(failed.refusal().text()).contains(id(0).toString());
    }

    @Test
    void without_a_source_that_can_be_reached_the_brick_is_only_asked_whether_it_has_the_chunk() throws Exception {
        down.addAll(List.of(id(1), id(2)));
        Refusal none = new Refusal(RefusalCode.NOT_FOUND, "no brick to get it from");
        CopyResult.NotToBeHad result = (CopyResult.NotToBeHad) answered(fetch -> {
            assertThat(fetch.sources()).isEmpty();
            return new ChunkNotFetched(fetch.requestId(), none);
        });
        assertThat(result.refusal().code()).isEqualTo(RefusalCode.BRICK_DOWN);
        assertThat(result.refusal().text()).contains(CHUNK.toString(), id(1).toString(), id(2).toString());
    }
}
