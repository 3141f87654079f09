package io.mortar.client.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.NotUsed;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.mortar.client.file.ExpectedDigest;
import io.mortar.client.file.WriteRequest;
import io.mortar.client.memory.Permit;
import io.mortar.client.memory.TransferBudget;
import io.mortar.client.namespace.NamespaceClient;
import io.mortar.client.pool.MetadataCalls;
import io.mortar.client.transport.ArteryChunkTransport;
import io.mortar.client.transport.TransportSettings;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.FileView;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.path.VolumePath;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.pool.TopologyView;
import io.mortar.testkit.Seeds;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StripedFileStoreTest {
    private static final int UNIT = 64 * 1024;
    private static final VolumeName VOLUME = new VolumeName("v");
    private static final FileVersion VERSION = new FileVersion(new VolumeId(1), 7, 8);

    private final ActorTestKit kit = ActorTestKit.create();
    private final FakePool pool = new FakePool(kit, 3);
    private final Striping striping = new Striping(new Layout(1, 1, pool.brickIds, 1), 1, UNIT);
    private final TransferBudget budget =
            new TransferBudget(64L * UNIT, kit.scheduler(), kit.system().executionContext());
    private final ConcurrentLinkedQueue<Command> commands = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> sequences = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unansweredChanges = new AtomicInteger();
    private volatile @Nullable RefusalCode refusalOfLaterChanges;
    private StripedFileStore store = open();

    private StripedFileStore open() {
        TopologyView topology = pool::topology;
        NamespaceClient namespace = new NamespaceClient(
                kit.system(),
                topology,
                new MetadataCalls.Times(Duration.ofMillis(1500), Duration.ofSeconds(1), Duration.ofSeconds(4)),
                42);
        ArteryChunkTransport transport = ArteryChunkTransport.start(
                kit.system(),
                topology,
                new TransportSettings(2, Duration.ofMillis(900), Duration.ofMillis(900), Duration.ofMillis(300)));
        StripeSettings settings = new StripeSettings(
                Duration.ofSeconds(1), Duration.ofSeconds(5), 2, Duration.ofSeconds(5), Duration.ofSeconds(1));
        return new StripedFileStore(
                namespace,
                new StripedWriter(kit.system(), namespace, transport, budget, settings),
                new StripedReader(kit.system(), topology, namespace, transport, budget, settings));
    }

    @BeforeEach
    void serveNamespace() {
        pool.namespace(kit.spawn(namespace()));
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private Behavior<NamespaceProtocol.Request> namespace() {
        return Behaviors.receiveMessage(request -> {
            if (request instanceof NamespaceProtocol.Change change) {
                sequences.add(change.key().sequence());
                if (unansweredChanges.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
                    commands.add(change.command());
                    RefusalCode refusal = refusalOfLaterChanges;
                    change.replyTo()
                            .tell(
                                    refusal == null
                                            ? outcome(change.command())
                                            : new Outcome.Refused(new Refusal(refusal, "as the test wants")));
                }
            } else if (request instanceof NamespaceProtocol.RenewLease renew) {
                renew.replyTo().tell(new Outcome.LeaseRenewed(30_000));
            }
            return Behaviors.same();
        });
    }

    private Outcome outcome(Command command) {
        if (command instanceof Command.OpenWrite) {
            return new Outcome.WriteOpened(
                    VERSION,
                    striping,
                    pool.brickIds.stream().map(pool::location).toList(),
                    30_000,
                    1,
                    List.of());
        }
        return command instanceof Command.AbortWrite
                ? new Outcome.WriteAborted()
                : new Outcome.Written(VERSION, true, 1);
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        Seeds.random(size).nextBytes(content);
        return content;
    }

    private Outcome.Written write(byte[] content, long announced, ExpectedDigest... digests) {
        List<ByteString> elements = List.of(
                ByteString.fromArray(content, 0, content.length / 3),
                ByteString.fromArray(content, content.length / 3, content.length - content.length / 3));
        return store.write(
                        new WriteRequest(
                                VOLUME, VolumePath.parse("/a"), WriteCondition.NONE, announced, List.of(digests)),
                        Source.from(elements))
                .toCompletableFuture()
                .join();
    }

    private FileView view(int size) {
        return new FileView(
                VERSION,
                size,
                1,
                0,
                striping,
                pool.brickIds.stream().map(pool::location).toList(),
                new byte[0]);
    }

    private byte[] read(FileView file, long offset, long length) {
        return store.read(file, VOLUME, offset, length)
                .thenCompose(source ->
                        source.runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), kit.system()))
                .toCompletableFuture()
                .join()
                .toArray();
    }

    private static RefusalCode refusalOf(Runnable action) {
        RefusalCode[] code = new RefusalCode[1];
        assertThatThrownBy(action::run)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> code[0] = e.refusal().code());
        return code[0];
    }

    private void assertBudgetWhole() {
        kit.createTestProbe().awaitAssert(() -> {
            assertThat(budget.freeBytes()).isEqualTo(budget.totalBytes());
            return true;
        });
    }

    @Test
    void a_written_file_is_read_back_whole_and_in_ranges() {
        byte[] content = content(7 * UNIT + 123);
        write(content, content.length);

        assertThat(pool.chunks).hasSize(8);
        assertThat(commands.toArray(Command[]::new)[1])
                .isInstanceOfSatisfying(
                        Command.CommitWrite.class,
                        c -> assertThat(c.sizeBytes()).isEqualTo(content.length));
        FileView file = view(content.length);
        assertThat(read(file, 0, content.length)).isEqualTo(content);
        assertThat(read(file, UNIT - 5, 10)).isEqualTo(java.util.Arrays.copyOfRange(content, UNIT - 5, UNIT + 5));
        assertThat(read(file, 3L * UNIT, 1)).containsExactly(content[3 * UNIT]);
        assertThat(read(file, content.length, 0)).isEmpty();
        assertBudgetWhole();
    }

    @Test
    void a_small_file_goes_into_the_namespace_in_one_step() {
        byte[] content = content(Command.INLINE_SIZE_BYTES_MAX);
        write(content, content.length);
        assertThat(commands)
                .singleElement()
                .isInstanceOfSatisfying(
                        Command.PutInline.class, c -> assertThat(c.content()).isEqualTo(content));
        assertThat(pool.chunks).isEmpty();
    }

    @Test
    void a_small_file_that_is_all_here_goes_into_the_namespace_in_one_step() throws Exception {
        byte[] content = content(100);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
        write(ByteString.fromArray(content), new ExpectedDigest("SHA-256", digest));
        assertThat(commands)
                .singleElement()
                .isInstanceOfSatisfying(
                        Command.PutInline.class, c -> assertThat(c.content()).isEqualTo(content));
        assertThat(refusalOf(() -> write(ByteString.fromString("other"), new ExpectedDigest("SHA-256", digest))))
                .isEqualTo(RefusalCode.BAD_DIGEST);
        assertThat(commands).hasSize(1);
        write(ByteString.fromArray(content(2 * UNIT)));
        assertThat(pool.chunks).hasSize(2);
    }

    private void write(ByteString content, ExpectedDigest... digests) {
        store.write(
                        new WriteRequest(
                                VOLUME, VolumePath.parse("/b"), WriteCondition.NONE, content.size(), List.of(digests)),
                        content)
                .toCompletableFuture()
                .join();
    }

    @Test
    void a_download_that_nobody_takes_or_ends_gives_its_memory_back() {
        byte[] content = content(UNIT);
        write(content, content.length);
        store.read(view(content.length), VOLUME, 0, 10).toCompletableFuture().join();
        store.read(view(content.length), VOLUME, 0, 20)
                .toCompletableFuture()
                .join()
                .runWith(Sink.cancelled(), kit.system());
        assertBudgetWhole();
    }

    @Test
    void content_of_unknown_size_is_striped() {
        byte[] content = content(2 * UNIT + 1);
        write(content, -1);
        assertThat(read(view(content.length), 0, content.length)).isEqualTo(content);
    }

    @Test
    void a_wrong_digest_or_size_is_refused_and_the_write_given_up() throws Exception {
        byte[] content = content(3 * UNIT);
        byte[] wrong = MessageDigest.getInstance("SHA-256").digest(new byte[0]);
        assertThat(refusalOf(() -> write(content, content.length, new ExpectedDigest("SHA-256", wrong))))
                .isEqualTo(RefusalCode.BAD_DIGEST);
        assertThat(refusalOf(() -> write(content, content.length + 1))).isEqualTo(RefusalCode.BAD_REQUEST);
        kit.createTestProbe().awaitAssert(() -> {
            assertThat(commands)
                    .filteredOn(Command.AbortWrite.class::isInstance)
                    .hasSize(2);
            return true;
        });
        assertThat(commands).noneMatch(Command.CommitWrite.class::isInstance);
        write(
                content,
                content.length,
                new ExpectedDigest(
                        "SHA-256", MessageDigest.getInstance("SHA-256").digest(content)));
        assertBudgetWhole();
    }

    @Test
    void a_brick_that_fills_up_ends_a_stream_that_others_would_take() {
        pool.refusing.put(pool.brickIds.get(0), RefusalCode.NO_SPACE);
        assertThat(refusalOf(() -> write(content(6 * UNIT), 6L * UNIT))).isEqualTo(RefusalCode.UPLOAD_INTERRUPTED);
        assertThat(commands)
                .filteredOn(Command.OpenWrite.class::isInstance)
                .last()
                .isEqualTo(new Command.OpenWrite(
                        VolumePath.parse("/a"),
                        WriteCondition.NONE,
                        6L * UNIT,
                        List.of(pool.brickIds.get(0)),
                        List.of()));
        assertBudgetWhole();
    }

    @Test
    void a_content_that_cannot_be_read_since_a_brick_is_down_is_refused_as_that() {
        RefusedException down = new RefusedException(RefusalCode.BRICK_DOWN, "brick bt9:/b is down");
        Source<ByteString, NotUsed> source =
                Source.single(ByteString.fromArray(content(2 * UNIT))).concat(Source.failed(down));
        WriteRequest request =
                new WriteRequest(VOLUME, VolumePath.parse("/a"), WriteCondition.NONE, 6L * UNIT, List.of());
        assertThat(refusalOf(
                        () -> store.write(request, source).toCompletableFuture().join()))
                .isEqualTo(RefusalCode.BRICK_DOWN);
        assertThat(commands).filteredOn(Command.OpenWrite.class::isInstance).hasSize(1);
        assertBudgetWhole();
    }

    @Test
    void an_overloaded_brick_is_asked_again_until_it_has_room() {
        BrickId busy = pool.brickIds.get(0);
        pool.refusing.put(busy, RefusalCode.OVERLOADED);
        kit.scheduler()
                .scheduleOnce(
                        Duration.ofMillis(20),
                        () -> pool.refusing.remove(busy),
                        kit.system().executionContext());
        byte[] content = content(6 * UNIT);
        write(content, content.length);
        assertThat(read(view(content.length), 0, content.length)).isEqualTo(content);
    }

    @Test
    void a_brick_that_stays_overloaded_is_given_up() {
        pool.refusing.put(pool.brickIds.get(0), RefusalCode.OVERLOADED);
        assertThat(refusalOf(() -> write(content(6 * UNIT), 6L * UNIT))).isEqualTo(RefusalCode.OVERLOADED);
        assertBudgetWhole();
    }

    @Test
    void a_lost_message_is_sent_again() {
        pool.swallowed.put(pool.brickIds.get(1), 1);
        byte[] content = content(6 * UNIT);
        write(content, content.length);
        pool.swallowed.put(pool.brickIds.get(2), 1);
        assertThat(read(view(content.length), 0, content.length)).isEqualTo(content);
    }

    @Test
    void an_unreachable_or_silent_brick_is_named() {
        byte[] content = content(6 * UNIT);
        write(content, content.length);
        pool.silent.add(pool.brickIds.get(2));
        assertThatThrownBy(() -> read(view(content.length), 0, content.length)).hasMessageContaining("bt3:/brick");
        pool.silent.clear();
        pool.unreachable.add(pool.brickIds.get(1));
        assertThatThrownBy(() -> read(view(content.length), 0, content.length)).hasMessageContaining("bt2:/brick");
        assertThat(read(view(content.length), UNIT, UNIT)).hasSize(UNIT);
    }

    @Test
    void a_brick_that_this_node_has_not_heard_of_yet_is_waited_for() {
        byte[] content = content(6 * UNIT);
        write(content, content.length);
        BrickId late = pool.brickIds.get(1);
        pool.unheard.add(late);
        CompletableFuture<byte[]> reading =
                CompletableFuture.supplyAsync(() -> read(view(content.length), 0, UNIT * 6));
        assertThat(reading).failsWithin(Duration.ofMillis(100)).withThrowableOfType(TimeoutException.class);
        pool.unheard.clear();
        assertThat(reading).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(content);
    }

    @Test
    void a_missing_chunk_is_no_plain_not_found() {
        byte[] content = content(2 * UNIT);
        write(content, content.length);
        pool.chunks.clear();
        assertThat(refusalOf(() -> read(view(content.length), 0, content.length)))
                .isEqualTo(RefusalCode.CHUNK_CORRUPT);
        assertBudgetWhole();
    }

    @Test
    void an_unanswered_change_is_repeated_under_the_same_key() {
        unansweredChanges.set(1);
        write(content(10), 10);
        assertThat(sequences).hasSize(2);
        assertThat(sequences.stream().distinct()).hasSize(1);
    }

    @Test
    void a_change_that_may_have_arrived_is_never_said_to_be_refused() {
        unansweredChanges.set(1);
        refusalOfLaterChanges = RefusalCode.OVERLOADED;
        assertThat(refusalOf(() -> write(content(10), 10))).isEqualTo(RefusalCode.TIMED_OUT);

        refusalOfLaterChanges = null;
        unansweredChanges.set(1);
        kit.scheduler()
                .scheduleOnce(
                        Duration.ofMillis(500),
                        () -> pool.namespace(null),
                        kit.system().executionContext());
        assertThat(refusalOf(() -> write(content(10), 10))).isEqualTo(RefusalCode.TIMED_OUT);
        assertThat(refusalOf(() -> write(content(10), 10))).isEqualTo(RefusalCode.METADATA_UNAVAILABLE);
    }

    @Test
    void what_a_slow_client_has_not_taken_yet_counts_as_held() {
        byte[] content = content(2 * UNIT);
        write(content, content.length);
        Source<ByteString, ?> download = store.read(view(content.length), VOLUME, 0, content.length)
                .toCompletableFuture()
                .join();
        assertThat(budget.freeBytes()).isEqualTo(budget.totalBytes() - 2 * UNIT);
        download.runWith(Sink.ignore(), kit.system()).toCompletableFuture().join();
        assertBudgetWhole();
    }

    @Test
    void a_running_download_waits_longer_for_memory_than_a_new_one() {
        byte[] content = content(6 * UNIT);
        write(content, content.length);
        Permit others =
                budget.acquire(61 * UNIT, Duration.ZERO).toCompletableFuture().join();
        byte[] received = store.read(view(content.length), VOLUME, 0, content.length)
                .thenCompose(source -> source.initialDelay(Duration.ofMillis(1500))
                        .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), kit.system()))
                .toCompletableFuture()
                .join()
                .toArray();
        assertThat(received).isEqualTo(content);
        others.release();
        assertBudgetWhole();
    }

    @Test
    void a_reader_that_stops_half_way_returns_its_memory() {
        byte[] content = content(12 * UNIT);
        write(content, content.length);
        store.read(view(content.length), VOLUME, 0, content.length)
                .thenCompose(source -> source.runWith(Sink.head(), kit.system()))
                .toCompletableFuture()
                .join();
        assertBudgetWhole();
    }

    @Test
    void a_busy_node_refuses_instead_of_buffering() {
        budget.acquire((int) budget.totalBytes(), Duration.ZERO)
                .toCompletableFuture()
                .join();
        assertThat(refusalOf(() -> write(content(6 * UNIT), 6L * UNIT))).isEqualTo(RefusalCode.OVERLOADED);
        assertThat(commands).isEmpty();
    }
}
