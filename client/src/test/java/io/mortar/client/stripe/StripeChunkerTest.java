package io.mortar.client.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.japi.Pair;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import akka.stream.testkit.javadsl.TestSource;
import akka.util.ByteString;
import io.mortar.client.memory.Permit;
import io.mortar.client.memory.TransferBudget;
import io.mortar.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StripeChunkerTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final int UNIT = 64;
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final TransferBudget budget =
            new TransferBudget(4 * UNIT, KIT.scheduler(), KIT.system().executionContext());

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private StripeChunker chunker(ContentDigests digests) {
        return chunker(digests, -1);
    }

    private StripeChunker chunker(ContentDigests digests, long announcedBytes) {
        return new StripeChunker(
                UNIT,
                announcedBytes,
                budget.acquire(UNIT, WAIT).toCompletableFuture().join(),
                budget,
                WAIT,
                digests);
    }

    @Test
    void content_that_is_complete_waits_for_no_more_memory() {
        Pair<TestPublisher.Probe<ByteString>, TestSubscriber.Probe<Chunk>> probes = TestSource.<ByteString>create(
                        KIT.system())
                .via(chunker(new ContentDigests(List.of()), UNIT))
                .toMat(TestSink.create(KIT.system()), Keep.both())
                .run(KIT.system());
        Permit others = budget.acquire(3 * UNIT, WAIT).toCompletableFuture().join();
        probes.second().request(2);
        probes.first().sendNext(ByteString.fromArray(new byte[UNIT]));
        Chunk last = probes.second().expectNext();
        probes.first().sendComplete();
        probes.second().expectComplete();
        last.permit().release();
        others.release();
    }

    @Test
    void more_than_was_announced_is_refused() {
        Throwable refused = Source.repeat(ByteString.fromArray(new byte[UNIT]))
                .via(chunker(new ContentDigests(List.of()), 2 * UNIT))
                .map(chunk -> {
                    chunk.permit().release();
                    return chunk;
                })
                .runWith(Sink.ignore(), KIT.system())
                .handle((done, failure) -> failure)
                .toCompletableFuture()
                .join();
        assertThat(refused).hasMessageContaining("more than the 128 bytes");
        assertThat(budget.freeBytes()).isEqualTo(budget.totalBytes());
    }

    static Stream<Long> seeds() {
        return Seeds.upTo(60).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void any_cut_of_the_input_gives_the_same_chunks(long seed) {
        RandomGenerator random = Seeds.random(seed);
        byte[] content = new byte[random.nextInt(6 * UNIT)];
        random.nextBytes(content);
        List<ByteString> elements = new ArrayList<>();
        for (int at = 0; at < content.length; ) {
            int size = Math.min(content.length - at, random.nextInt(3 * UNIT));
            elements.add(ByteString.fromArray(content, at, size));
            at += size;
        }
        ContentDigests digests = new ContentDigests(List.of());
        List<ByteString> chunks = new ArrayList<>();
        Source.from(elements)
                .via(chunker(digests, seed % 2 == 0 ? content.length : -1))
                .map(chunk -> {
                    assertThat(chunk.index()).isEqualTo(chunks.size());
                    chunks.add(chunk.data());
                    chunk.permit().release();
                    return chunk;
                })
                .runWith(Sink.ignore(), KIT.system())
                .toCompletableFuture()
                .join();

        ByteString whole = chunks.stream().reduce(ByteString.emptyByteString(), ByteString::concat);
        assertThat(whole.toArray()).isEqualTo(content);
        assertThat(chunks).hasSize((content.length + UNIT - 1) / UNIT);
        assertThat(digests.sizeBytes()).isEqualTo(content.length);
        assertThat(budget.freeBytes()).isEqualTo(budget.totalBytes());
    }

    @Test
    void no_more_is_pulled_than_there_are_permits_for() {
        AtomicInteger pulled = new AtomicInteger();
        TestSubscriber.Probe<Chunk> chunks = Source.range(1, 100)
                .map(i -> {
                    pulled.incrementAndGet();
                    return ByteString.fromArray(new byte[UNIT]);
                })
                .via(chunker(new ContentDigests(List.of())))
                .runWith(TestSink.create(KIT.system()), KIT.system());
        chunks.request(100);
        List<Chunk> held = Stream.generate(chunks::expectNext).limit(4).toList();
        chunks.expectNoMessage(Duration.ofMillis(200));
        assertThat(pulled).hasValue(4);
        assertThat(budget.freeBytes()).isZero();

        held.forEach(chunk -> chunk.permit().release());
        chunks.expectNext().permit().release();
        chunks.cancel();
    }

    @Test
    void a_broken_input_returns_the_permit_of_the_unfinished_chunk() {
        Pair<TestPublisher.Probe<ByteString>, TestSubscriber.Probe<Chunk>> probes = TestSource.<ByteString>create(
                        KIT.system())
                .via(chunker(new ContentDigests(List.of())))
                .toMat(TestSink.create(KIT.system()), Keep.both())
                .run(KIT.system());
        probes.second().request(1);
        probes.first().sendNext(ByteString.fromArray(new byte[UNIT / 2]));
        probes.first().sendError(new IllegalStateException("connection lost"));
        probes.second().expectError();
        KIT.createTestProbe().awaitAssert(() -> {
            assertThat(budget.freeBytes()).isEqualTo(budget.totalBytes());
            return true;
        });
    }
}
