package io.mortar.node.coordinator;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.path.VolumePath;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.space.DiskSpace;
import io.mortar.node.job.JobSettings;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.namespace.RequestKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;

/** A metadata node's namespace on real stores in a directory, with bricks that are probes. Words of the tests, not of the product. */
final class NamespaceFixture implements AutoCloseable {
    static final VolumeName VOLUME = new VolumeName("bt-vol");
    static final VolumeId ID = new VolumeId(7);
    static final VolumeSpec SPEC = new VolumeSpec(3, 1, VolumeSpec.STRIPE_UNIT_BYTES_MIN);
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    final ActorTestKit kit;
    final NamespaceStore store;
    final ProbeBricks bricks;
    final LinkedBlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
    final ActorRef<NamespaceProtocol.Request> requests;
    final ActorRef<VolumeControl.Request> control;
    final Surroundings surroundings;
    private final long client = System.nanoTime();
    private long lastSequence;

    /** Opens what is in {@code directory}; new rows and events go there. */
    NamespaceFixture(Path directory, CoordinatorSettings settings) {
        this(directory, settings, localJournal(directory));
    }

    NamespaceFixture(Path directory, CoordinatorSettings settings, Config config) {
        this(directory, settings, config, DiskSpace.UNLIMITED);
    }

    /** @param space what the coordinators go by; the stores take everything */
    NamespaceFixture(Path directory, CoordinatorSettings settings, Config config, DiskSpace space) {
        kit = ActorTestKit.create("mortar", config.withFallback(ConfigFactory.load()));
        store = new NamespaceStore(KvStores.open(directory.resolve("namespace"), KvOptions.of(DiskSpace.UNLIMITED)));
        bricks = new ProbeBricks(kit, 3);
        surroundings = new Surroundings(
                store,
                space,
                bricks::topology,
                settings,
                Clock.systemUTC(),
                new SplittableRandom(1),
                (what, cause) -> faults.add(new AssertionError(what, cause)));
        ActorRef<Object> router = kit.spawn(NamespaceRouter.create(surroundings), "namespace");
        requests = router.narrow();
        control = router.narrow();
    }

    static Config localJournal(Path directory) {
        return ConfigFactory.parseString("mortar.journal.local.dir = \"" + directory.resolve("journal") + "\"");
    }

    /** Settings with short times. */
    static CoordinatorSettings settings() {
        CoordinatorSettings standard = CoordinatorSettings.standard();
        return new CoordinatorSettings(
                standard.batching(),
                new CoordinatorSettings.Purging(
                        Duration.ZERO,
                        Duration.ofMillis(600),
                        16,
                        Duration.ofMillis(20),
                        Duration.ofMillis(80),
                        Duration.ofMillis(300),
                        4),
                standard.persisting(),
                new CoordinatorSettings.Copies(
                        2, 1L << 40, 2, Duration.ofMillis(20), Duration.ofMillis(80), Duration.ofSeconds(5)),
                jobs(),
                standard.scrub(),
                standard.lease(),
                standard.answerMemory(),
                standard.queriesWaitingMax());
    }

    private static JobSettings jobs() {
        return new JobSettings(
                1L << 40,
                0,
                4,
                4,
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                Duration.ofDays(1));
    }

    static CoordinatorSettings withHealRate(CoordinatorSettings settings, long bytesPerSecond) {
        return new CoordinatorSettings(
                settings.batching(),
                settings.purging(),
                settings.persisting(),
                new CoordinatorSettings.Copies(
                        settings.copies().copiesMin(),
                        bytesPerSecond,
                        settings.copies().window(),
                        settings.copies().interval(),
                        settings.copies().intervalMax(),
                        settings.copies().answerTimeout()),
                settings.jobs(),
                settings.scrub(),
                settings.lease(),
                settings.answerMemory(),
                settings.queriesWaitingMax());
    }

    static CoordinatorSettings withLease(CoordinatorSettings settings, Duration lease) {
        return new CoordinatorSettings(
                settings.batching(),
                settings.purging(),
                settings.persisting(),
                settings.copies(),
                settings.jobs(),
                settings.scrub(),
                lease,
                settings.answerMemory(),
                settings.queriesWaitingMax());
    }

    static CoordinatorSettings withPin(CoordinatorSettings settings, Duration pin) {
        CoordinatorSettings.Purging purging = settings.purging();
        return new CoordinatorSettings(
                settings.batching(),
                new CoordinatorSettings.Purging(
                        purging.delay(),
                        pin,
                        purging.pinCountMax(),
                        purging.interval(),
                        purging.intervalMax(),
                        purging.answerTimeout(),
                        purging.versionsMax()),
                settings.persisting(),
                settings.copies(),
                settings.jobs(),
                settings.scrub(),
                settings.lease(),
                settings.answerMemory(),
                settings.queriesWaitingMax());
    }

    static CoordinatorSettings withCheckpointEvents(CoordinatorSettings settings, int events) {
        CoordinatorSettings.Persisting persisting = settings.persisting();
        return new CoordinatorSettings(
                settings.batching(),
                settings.purging(),
                new CoordinatorSettings.Persisting(
                        persisting.journalPluginId(),
                        persisting.snapshotPluginId(),
                        persisting.dispatcher(),
                        persisting.readerDispatcher(),
                        events,
                        3),
                settings.copies(),
                settings.jobs(),
                settings.scrub(),
                settings.lease(),
                settings.answerMemory(),
                settings.queriesWaitingMax());
    }

    NamespaceFixture serve() {
        return serve(ID, VOLUME);
    }

    NamespaceFixture serve(VolumeId id, VolumeName name) {
        return serve(id, name, SPEC);
    }

    NamespaceFixture serve(VolumeId id, VolumeName name, VolumeSpec spec) {
        control.tell(bricks.serve(id, name, spec));
        return this;
    }

    /** Tells the running volume that it has these bricks now. */
    NamespaceFixture serve(List<VolumeControl.PlacedBrick> placed) {
        control.tell(bricks.serve(ID, VOLUME, SPEC, placed));
        return this;
    }

    Outcome ask(Query query) {
        TestProbe<Outcome> probe = kit.createTestProbe();
        requests.tell(new NamespaceProtocol.Ask(VOLUME, query, probe.getRef()));
        return probe.receiveMessage(TIMEOUT);
    }

    Outcome lookup(String path) {
        return ask(new Query.Lookup(VolumePath.parse(path)));
    }

    Outcome change(Command command) {
        return change(VOLUME, nextKey(), command);
    }

    Outcome change(VolumeName volume, RequestKey key, Command command) {
        TestProbe<Outcome> probe = kit.createTestProbe();
        requests.tell(new NamespaceProtocol.Change(volume, key, command, probe.getRef()));
        return probe.receiveMessage(TIMEOUT);
    }

    RequestKey nextKey() {
        lastSequence++;
        return new RequestKey(client, lastSequence, 0);
    }

    static Command.PutInline put(String path, String content) {
        return put(path, content, WriteCondition.NONE);
    }

    static Command.PutInline put(String path, String content, WriteCondition condition) {
        return new Command.PutInline(VolumePath.parse(path), condition, content.getBytes(StandardCharsets.UTF_8));
    }

    static Command.OpenWrite open(String path) {
        return new Command.OpenWrite(VolumePath.parse(path), WriteCondition.NONE, -1);
    }

    static Command.Remove remove(String path) {
        return new Command.Remove(VolumePath.parse(path), true, WriteCondition.NONE);
    }

    /** Writes a file that has chunks. */
    FileVersion putLarge(String path) {
        FileVersion version = ((Outcome.WriteOpened) change(open(path))).version();
        change(new Command.CommitWrite(version, WriteCondition.NONE, 1_000_000, 5, List.of()));
        return version;
    }

    /** Rows of {@code volume}, of every table. */
    int rowCount(VolumeId volume) {
        return store.read(rows -> io.mortar.core.namespace.VolumeRows.ranges(volume).stream()
                .mapToInt(range -> {
                    int count = 0;
                    try (var cursor = rows.scan(range.from(), range.to())) {
                        while (cursor.next()) {
                            count++;
                        }
                    }
                    return count;
                })
                .sum());
    }

    List<io.mortar.core.namespace.DueDeletion> deletions() {
        return store.read(rows -> io.mortar.core.namespace.Deletions.due(
                new VolumePlacement(bricks.serve(ID, VOLUME, SPEC), surroundings).context(), rows, 1000));
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
        store.close();
    }
}
