package io.mortar.client.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.typesafe.config.ConfigFactory;
import io.mortar.client.file.WriteRequest;
import io.mortar.client.memory.TransferBudget;
import io.mortar.client.namespace.NamespaceClient;
import io.mortar.client.pool.MetadataCalls;
import io.mortar.client.transport.ArteryChunkTransport;
import io.mortar.client.transport.TransportSettings;
import io.mortar.core.layout.ChunkId;
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
import io.mortar.core.volume.VolumeSpec;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.testkit.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two columns of three copies each: bricks 0 to 2 and 3 to 5. */
class CopiesTest {
    private static final int UNIT = VolumeSpec.STRIPE_UNIT_BYTES_MIN;
    private static final VolumeName VOLUME = new VolumeName("bt-vol");
    private static final FileVersion VERSION = new FileVersion(new VolumeId(1), 7, 7);

    private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = WARNING"));
    private final FakePool pool = new FakePool(kit, 6);
    private final TransferBudget budget =
            new TransferBudget(4 << 20, kit.system().scheduler(), kit.system().executionContext());
    private final Striping striping = new Striping(new Layout(1, 1, pool.brickIds, 3), 0, UNIT);
    private final ArteryChunkTransport transport = ArteryChunkTransport.start(
            kit.system(),
            pool::topology,
            new TransportSettings(4, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(20)));
    private final ConcurrentLinkedQueue<Command> commands = new ConcurrentLinkedQueue<>();
    private volatile List<BrickId> unavailable = List.of();
    /** What is answered to whoever avoids bricks. */
    private volatile @Nullable RefusalCode refusalOfOtherBricks;

    private volatile Striping others = striping;
    private final byte[] content = new byte[8 * UNIT + 17];

    @BeforeEach
    void serveNamespace() {
        Seeds.random(3).nextBytes(content);
        pool.local = pool.brickIds.get(5);
        pool.namespace(kit.spawn(namespace()));
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void every_chunk_is_stored_on_every_brick_of_its_column() {
        write(Duration.ofSeconds(60));

        assertThat(committed().missing()).isEmpty();
        for (int brick = 0; brick < 6; brick++) {
            assertThat(storedOn(brick)).isEqualTo(chunksOfColumn(brick / 3));
        }
        assertBudgetWhole();
    }

    @Test
    void a_brick_that_is_down_before_the_upload_is_committed_as_missing_and_never_asked() {
        unavailable = List.of(id(1));

        write(Duration.ofSeconds(60));

        assertThat(committed().missing()).containsExactly(id(1));
        assertThat(storedOn(1)).isEmpty();
    }

    @Test
    void a_brick_that_refuses_is_left_out_and_the_upload_goes_on() {
        pool.refusing.put(id(2), RefusalCode.NO_SPACE);
        pool.unreachable.add(id(4));

        write(Duration.ofSeconds(60));

        assertThat(committed().missing()).containsExactlyInAnyOrder(id(2), id(4));
        assertBudgetWhole();
    }

    @Test
    void a_brick_that_is_silent_holds_an_upload_up_once() {
        pool.silent.add(id(0));
        long begun = System.nanoTime();

        write(Duration.ofMillis(200));

        assertThat(committed().missing()).containsExactly(id(0));
        // Each of its chunks would take the whole deadline of the transport otherwise.
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isLessThan(60);
        assertBudgetWhole();
    }

    @Test
    void a_file_that_has_no_chunk_in_a_column_lacks_nothing_there() {
        unavailable = List.of(id(4));
        store(Duration.ofSeconds(60))
                .write(request(), ByteString.fromArray(content, 0, UNIT))
                .toCompletableFuture()
                .join();
        assertThat(committed().missing()).isEmpty();
    }

    @Test
    void too_few_copies_are_refused_by_the_names_of_the_bricks_and_the_upload_is_given_up() {
        pool.unreachable.addAll(Set.of(id(0), id(1)));

        RefusedException refused = refusal(() -> write(Duration.ofSeconds(60)));

        assertThat(refused.refusal().code()).isEqualTo(RefusalCode.UPLOAD_INTERRUPTED);
        assertThat(refused.refusal().text()).contains("2 machines", "bt1:/brick", "send the file again");
        kit.createTestProbe()
                .awaitAssert(
                        Duration.ofSeconds(20),
                        () -> assertThat(commands.toArray()).contains(new Command.AbortWrite(VERSION)));
        assertBudgetWhole();
    }

    @Test
    void there_is_no_space_only_if_the_coordinator_finds_none_without_the_bricks_that_are_full() {
        pool.refusing.put(id(0), RefusalCode.NO_SPACE);
        pool.refusing.put(id(1), RefusalCode.NO_SPACE);
        refusalOfOtherBricks = RefusalCode.NO_SPACE;

        assertThat(refusal(() -> write(Duration.ofSeconds(60))).refusal().code())
                .isEqualTo(RefusalCode.NO_SPACE);

        assertThat(opens())
                .hasSize(2)
                .last()
                .satisfies(
                        open -> assertThat(open.full()).isSubsetOf(id(0), id(1)).isNotEmpty());
        assertBudgetWhole();
    }

    @Test
    void content_that_can_be_sent_again_goes_to_other_bricks_when_one_fills_up() {
        pool.refusing.put(id(0), RefusalCode.NO_SPACE);
        pool.refusing.put(id(1), RefusalCode.NO_SPACE);
        others = new Striping(new Layout(2, 1, List.of(id(2), id(3), id(4)), 3), 0, UNIT);

        write(Duration.ofSeconds(60));

        assertThat(committed().missing()).isEmpty();
        assertThat(storedOn(3)).hasSize(9);
        assertBudgetWhole();
    }

    @Test
    void a_stream_that_a_brick_takes_no_more_of_is_refused_as_worth_repeating() {
        pool.refusing.put(id(0), RefusalCode.NO_SPACE);
        pool.refusing.put(id(1), RefusalCode.NO_SPACE);

        RefusedException refused = refusal(() -> store(Duration.ofSeconds(60))
                .write(request(), Source.single(ByteString.fromArray(content)))
                .toCompletableFuture()
                .join());

        assertThat(refused.refusal().code()).isEqualTo(RefusalCode.UPLOAD_INTERRUPTED);
        assertThat(opens()).hasSize(2);
        kit.createTestProbe()
                .awaitAssert(
                        Duration.ofSeconds(20),
                        () -> assertThat(commands.stream()
                                        .filter(Command.AbortWrite.class::isInstance)
                                        .count())
                                .isEqualTo(2));
    }

    @Test
    void the_brick_of_the_own_node_is_read_and_the_others_in_turn() {
        write(Duration.ofSeconds(60));

        assertThat(read(Duration.ofSeconds(60))).isEqualTo(content);

        assertThat(pool.reads).containsEntry(id(5), 4).doesNotContainKey(id(3)).doesNotContainKey(id(4));
        assertThat(List.of(readsOf(0), readsOf(1), readsOf(2))).allMatch(count -> count >= 1);
    }

    @Test
    void a_read_goes_on_with_another_brick_when_one_is_away_refuses_or_lost_chunks() {
        write(Duration.ofSeconds(60));
        pool.unreachable.add(id(0));
        pool.refusing.put(id(1), RefusalCode.BRICK_DOWN);
        pool.lost.put(id(5), chunksOfColumn(1));

        assertThat(read(Duration.ofSeconds(60))).isEqualTo(content);
        assertBudgetWhole();
    }

    @Test
    void a_damaged_copy_is_answered_from_another_brick_and_reported() {
        write(Duration.ofSeconds(60));
        pool.refusing.put(id(5), RefusalCode.CHUNK_CORRUPT);

        assertThat(read(Duration.ofSeconds(60))).isEqualTo(content);

        kit.createTestProbe().awaitAssert(Duration.ofSeconds(20), () -> {
            assertThat(commands.stream().filter(Command.ReportDamage.class::isInstance))
                    .isNotEmpty()
                    .allSatisfy(command -> {
                        Command.ReportDamage report = (Command.ReportDamage) command;
                        assertThat(report.brick()).isEqualTo(id(5));
                        assertThat(striping.columnOf(report.index())).isEqualTo(1);
                    });
            return true;
        });
    }

    @Test
    void a_slow_brick_is_not_waited_for() {
        write(Duration.ofSeconds(60));
        pool.silent.add(id(5));

        assertThat(read(Duration.ofMillis(50))).isEqualTo(content);

        assertThat(pool.reads).doesNotContainKey(id(5));
        assertBudgetWhole();
    }

    @Test
    void without_any_copy_all_bricks_are_named() {
        write(Duration.ofSeconds(60));
        pool.unreachable.addAll(Set.of(id(0), id(1), id(2)));

        RefusedException refused = refusal(() -> read(Duration.ofSeconds(60)));

        assertThat(refused.refusal().code()).isEqualTo(RefusalCode.BRICK_DOWN);
        assertThat(refused.refusal().text()).contains("bt1:/brick", "bt2:/brick", "bt3:/brick");
        assertThat(commands).noneMatch(Command.ReportDamage.class::isInstance);
        assertBudgetWhole();
    }

    private Behavior<NamespaceProtocol.Request> namespace() {
        return Behaviors.receiveMessage(request -> {
            if (request instanceof NamespaceProtocol.Change change) {
                commands.add(change.command());
                change.replyTo().tell(outcome(change.command()));
            }
            return Behaviors.same();
        });
    }

    private Outcome outcome(Command command) {
        if (command instanceof Command.OpenWrite open) {
            boolean elsewhere = !open.full().isEmpty() || !open.failed().isEmpty();
            RefusalCode refusal = refusalOfOtherBricks;
            if (elsewhere && refusal != null) {
                return new Outcome.Refused(new Refusal(refusal, "as the test wants"));
            }
            Striping chosen = elsewhere ? others : striping;
            return new Outcome.WriteOpened(VERSION, chosen, locations(), 30_000, 2, unavailable);
        }
        if (command instanceof Command.ReportDamage) {
            return new Outcome.DamageNoted(true);
        }
        return command instanceof Command.AbortWrite
                ? new Outcome.WriteAborted()
                : new Outcome.Written(VERSION, true, 1);
    }

    private List<io.mortar.core.pool.BrickLocation> locations() {
        return pool.brickIds.stream().map(pool::location).toList();
    }

    private StripedFileStore store(Duration wait) {
        NamespaceClient namespace = new NamespaceClient(
                kit.system(),
                pool::topology,
                new MetadataCalls.Times(Duration.ofMillis(1500), Duration.ofSeconds(20), Duration.ofSeconds(20)),
                42);
        StripeSettings settings = new StripeSettings(Duration.ofSeconds(20), Duration.ofSeconds(20), 2, wait, wait);
        return new StripedFileStore(
                namespace,
                new StripedWriter(kit.system(), namespace, transport, budget, settings),
                new StripedReader(kit.system(), pool::topology, namespace, transport, budget, settings));
    }

    private WriteRequest request() {
        return new WriteRequest(VOLUME, VolumePath.parse("/a"), WriteCondition.NONE, -1, List.of());
    }

    /** @param copyWait how long further copies are waited for */
    private void write(Duration copyWait) {
        store(copyWait)
                .write(request(), ByteString.fromArray(content))
                .toCompletableFuture()
                .join();
    }

    private byte[] read(Duration hedgeDelay) {
        FileView file = new FileView(VERSION, content.length, 1, 0, striping, locations(), new byte[0]);
        return store(hedgeDelay)
                .read(file, VOLUME, 0, content.length)
                .thenCompose(source ->
                        source.runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), kit.system()))
                .toCompletableFuture()
                .join()
                .toArray();
    }

    private static RefusedException refusal(Runnable action) {
        try {
            action.run();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                return refused;
            }
            throw e;
        }
        throw new AssertionError("not refused");
    }

    private Command.CommitWrite committed() {
        return commands.stream()
                .filter(Command.CommitWrite.class::isInstance)
                .map(Command.CommitWrite.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private List<Command.OpenWrite> opens() {
        return commands.stream()
                .filter(Command.OpenWrite.class::isInstance)
                .map(Command.OpenWrite.class::cast)
                .toList();
    }

    private BrickId id(int number) {
        return pool.brickIds.get(number);
    }

    private Set<ChunkId> storedOn(int brick) {
        return Set.copyOf(pool.stored.getOrDefault(id(brick), Set.of()));
    }

    private int readsOf(int brick) {
        return pool.reads.getOrDefault(id(brick), 0);
    }

    private static Set<ChunkId> chunksOfColumn(int column) {
        return IntStream.range(0, 9)
                .filter(index -> index % 2 == column)
                .mapToObj(index -> new ChunkId(VERSION, index, 0))
                .collect(java.util.stream.Collectors.toSet());
    }

    private void assertBudgetWhole() {
        kit.createTestProbe().awaitAssert(Duration.ofSeconds(20), () -> {
            assertThat(budget.freeBytes()).isEqualTo(budget.totalBytes());
            return true;
        });
    }
}
