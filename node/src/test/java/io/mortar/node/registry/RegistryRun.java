package io.mortar.node.registry;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.registry.OwnedBrick;
import io.mortar.core.registry.RegistryEvent;
import io.mortar.core.registry.RegistryLimits;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.journal.space.DiskSpace;
import io.mortar.node.coordinator.VolumeControl;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.Reply;
import io.mortar.protocol.pool.RegistryProtocol.Request;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A registry on a journal in memory, its neighbours as probes, and time that passes when the test says so. */
final class RegistryRun implements AutoCloseable {
    /** Addresses that the metadata node was told to remember, in order. */
    final Queue<String> rememberedAddresses = new ConcurrentLinkedQueue<>();

    static final VolumeName VOLUME = new VolumeName("bt-vol");
    static final VolumeId FIRST = new VolumeId(1);
    static final VolumeSpec SPEC = new VolumeSpec(3, 1, 1 << 20);
    static final List<String> BRICKS = List.of("bt1:/b1", "bt2:/b2", "bt3:/b3");
    static final BrickCapacity CAPACITY = new BrickCapacity(1000, 0, 1000);
    static final int REQUEST_COUNT_MAX = 4;

    private static final String ID = "registry";
    private static final Config CONFIG = ManualTime.config()
            .withFallback(PersistenceTestKitPlugin.getInstance().config())
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.load());

    final ActorTestKit kit;
    final ManualTime time;
    final FakePool pool;
    final TestProbe<VolumeControl.Request> namespace;
    final TestProbe<Reply> user;
    private final RegistrySettings settings;
    private final AtomicInteger brickCount = new AtomicInteger();
    volatile DiskSpace space = DiskSpace.UNLIMITED;
    volatile CompletionStage<Done> confirmation = CompletableFuture.completedStage(Done.done());
    private ActorRef<Request> registry;
    private ActorRef<Object> guardian;

    RegistryRun() {
        this(CONFIG, PersistenceTestKitPlugin.PluginId(), PersistenceTestKitSnapshotPlugin.PluginId());
    }

    private RegistryRun(Config config, String journalPluginId, String snapshotPluginId) {
        kit = ActorTestKit.create(config);
        time = ManualTime.get(kit.system());
        pool = new FakePool(kit);
        namespace = kit.createTestProbe();
        user = kit.createTestProbe();
        guardian = kit.createTestProbe().getRef();
        registry = guardian.narrow();
        settings = new RegistrySettings(
                journalPluginId,
                snapshotPluginId,
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                REQUEST_COUNT_MAX,
                new RegistryLimits(10, 10, 10));
    }

    /** A registry on the local journal in {@code directory}, as nodes have it. */
    static RegistryRun onDisk(Path directory) {
        Config journal = ConfigFactory.parseString("mortar.journal.local.dir = \"" + directory
                + "\"\nmortar.journal.local.space { reserve = 0, growth-floor = 0, write-floor = 0 }");
        return new RegistryRun(
                journal.withFallback(ManualTime.config()).withFallback(ConfigFactory.load()),
                "mortar.journal.local",
                "mortar.snapshot.local");
    }

    /** Starts on what the journal has. */
    void start() {
        var surroundings = new RegistrySurroundings(
                pool,
                space,
                () -> confirmation,
                Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC),
                () -> brick(brickCount.getAndIncrement()));
        guardian = kit.spawn(RegistryGuardian.create(
                new RegistryHome(
                        FakePool.POOL, FakePool.node(1), FakePool.name(1), "registry", rememberedAddresses::add),
                surroundings,
                namespace.getRef(),
                settings));
        registry = guardian.narrow();
    }

    /** Starts with three registered nodes and then {@code events}, as if written before a crash. */
    void startAfter(RegistryEvent... events) {
        List<Object> all = new ArrayList<>();
        for (int n = 1; n <= 3; n++) {
            all.add(new RegistryEvent.NodeRegistered(FakePool.node(n), FakePool.name(n), FakePool.address(n)));
        }
        all.addAll(Arrays.asList(events));
        PersistenceTestKit.create(kit.system()).persistForRecovery(ID, all);
        start();
    }

    /** Kills the actor with all that it only remembers, and starts it again. */
    void restart() {
        kit.stop(guardian);
        start();
    }

    /** Tells the registry that the leadership has ended. */
    void stop() {
        guardian.tell(RegistryGuardian.Stop.NOW);
        expectEnd();
    }

    void expectEnd() {
        user.expectTerminated(guardian);
    }

    void failNextWrite(Throwable cause) {
        PersistenceTestKit.create(kit.system()).failNextPersisted(ID, cause);
    }

    List<Object> events() {
        return PersistenceTestKit.create(kit.system()).persistedInStorage(ID);
    }

    static BrickId brick(int n) {
        return new BrickId(new UUID(1, n));
    }

    /** The plan of a volume on bricks 11, 12 and 13 of the nodes 1, 2 and 3. */
    static RegistryEvent.VolumeCreating creating() {
        return new RegistryEvent.VolumeCreating(
                FIRST,
                VOLUME,
                SPEC,
                1000,
                IntStream.rangeClosed(1, 3)
                        .mapToObj(n -> new OwnedBrick(
                                brick(n + 10), FakePool.node(n), BrickLocation.parse("bt" + n + ":/b" + n)))
                        .toList());
    }

    void tell(Function<ActorRef<Reply>, Request> request) {
        registry.tell(request.apply(user.getRef()));
    }

    void create() {
        List<BrickLocation> locations =
                BRICKS.stream().map(BrickLocation::parse).toList();
        tell(ref -> new RegistryProtocol.CreateVolume(VOLUME, SPEC, locations, ref));
    }

    void delete() {
        tell(ref -> new RegistryProtocol.DeleteVolume(VOLUME, ref));
    }

    void describe() {
        tell(ref -> new RegistryProtocol.DescribeVolume(VOLUME, ref));
    }

    <R extends Reply> R reply(Class<R> type) {
        return user.expectMessageClass(type);
    }

    Refusal refusal() {
        return reply(RegistryProtocol.Refused.class).refusal();
    }

    VolumeStatus described() {
        return reply(RegistryProtocol.VolumeDescribed.class).volume();
    }

    /** The next request to prepare a brick on node {@code n}. */
    BrickAdminProtocol.PrepareBrick prepare(int n) {
        return asked(n, BrickAdminProtocol.PrepareBrick.class);
    }

    BrickAdminProtocol.ReleaseBrick release(int n) {
        return asked(n, BrickAdminProtocol.ReleaseBrick.class);
    }

    /** Whatever comes in between must be a reconciliation: that comes on a timer of its own. */
    private <R extends BrickAdminProtocol.Request> R asked(int n, Class<R> type) {
        BrickAdminProtocol.Request next = pool.keeper(n).receiveMessage();
        while (next instanceof BrickAdminProtocol.ReconcileBricks) {
            next = pool.keeper(n).receiveMessage();
        }
        return type.cast(next);
    }

    static void answer(BrickAdminProtocol.PrepareBrick request) {
        request.replyTo().tell(new BrickAdminProtocol.BrickPrepared(request.brick(), CAPACITY));
    }

    static void answer(BrickAdminProtocol.ReleaseBrick request) {
        request.replyTo().tell(new BrickAdminProtocol.BrickReleased(request.brick()));
    }

    void prepareAll() {
        for (int n = 1; n <= 3; n++) {
            answer(prepare(n));
        }
    }

    void releaseAll() {
        for (int n = 1; n <= 3; n++) {
            answer(release(n));
        }
    }

    <C extends VolumeControl.Request> C control(Class<C> type) {
        return namespace.expectMessageClass(type);
    }

    void drop() {
        VolumeControl.Drop drop = control(VolumeControl.Drop.class);
        drop.replyTo().tell(new VolumeControl.Dropped(drop.id()));
    }

    void answerUsage(long fileCount) {
        VolumeControl.DescribeUsage asked = control(VolumeControl.DescribeUsage.class);
        asked.replyTo().tell(new VolumeControl.Usage(asked.id(), new VolumeUsage(fileCount, 0, 0, 0, 2)));
    }

    /** Returns once the registry has recovered and handled everything that was sent to it before. */
    void settle() {
        TestProbe<Reply> probe = kit.createTestProbe();
        for (int i = 0; i < 2; i++) {
            registry.tell(new RegistryProtocol.DescribePool(probe.getRef()));
            probe.expectMessageClass(RegistryProtocol.PoolDescribed.class);
        }
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
