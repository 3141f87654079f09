package io.mortar.node.brick;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.util.ByteString;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.core.volume.VolumeId;
import io.mortar.journal.space.DiskSpace;
import io.mortar.node.brick.store.DirectBuffers;
import io.mortar.node.brick.store.Disk;
import io.mortar.node.brick.store.LocalDisk;
import io.mortar.node.brick.store.StoreSettings;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.pool.Announcement;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** An actor system with a keeper of bricks and a journal in a directory; a second one on the same directory is the node restarted. */
final class NodeOfBricks implements AutoCloseable {
    static final PoolId POOL = new PoolId(new UUID(7, 7));
    static final VolumeId VOLUME = new VolumeId(3);

    private static final FetchSettings FETCHING = new FetchSettings(4, 300_000, Duration.ofMinutes(2));

    /** Copies are not held back. */
    private static final BackgroundSettings BACKGROUND = new BackgroundSettings(90, 1L << 40, Duration.ofMillis(1));

    final ActorTestKit testKit;
    final ActorRef<BrickAdminProtocol.Request> keeper;
    final TestProbe<BrickAdminProtocol.Reply> admin;
    final TestProbe<BrickProtocol.Reply> replies;
    private final TestProbe<Seen> announced;

    private record Seen(List<Announcement.Brick> bricks) {}

    NodeOfBricks(Path directory) {
        this(directory, new LocalDisk(), MountTable.ofThisProcess());
    }

    NodeOfBricks(Path directory, Disk disk, MountTable mounts) {
        this(directory, disk, mounts, DiskSpace.UNLIMITED);
    }

    NodeOfBricks(Path directory, FetchSettings fetching) {
        this(directory, new LocalDisk(), MountTable.ofThisProcess(), DiskSpace.UNLIMITED, fetching, BACKGROUND);
    }

    NodeOfBricks(Path directory, BackgroundSettings background) {
        this(directory, new LocalDisk(), MountTable.ofThisProcess(), DiskSpace.UNLIMITED, FETCHING, background);
    }

    /** @param space what the keeper goes by; the journal takes everything */
    NodeOfBricks(Path directory, Disk disk, MountTable mounts, DiskSpace space) {
        this(directory, disk, mounts, space, FETCHING, BACKGROUND);
    }

    private NodeOfBricks(
            Path directory,
            Disk disk,
            MountTable mounts,
            DiskSpace space,
            FetchSettings fetching,
            BackgroundSettings background) {
        Config config = ConfigFactory.parseString("""
                mortar.journal.local { dir = "%s", space { reserve = 0, growth-floor = 0, write-floor = 0 } }
                akka.actor.provider = local
                """.formatted(directory.resolve("data/journal")));
        testKit = ActorTestKit.create("node", config.withFallback(ConfigFactory.load()));
        announced = testKit.createTestProbe();
        admin = testKit.createTestProbe();
        replies = testKit.createTestProbe();
        StoreSettings store = new StoreSettings(2, 1, 1 << 20, 1 << 20, Duration.ofHours(24), 64, 8 << 20);
        BrickSettings settings = new BrickSettings(
                List.of(Path.of("/")),
                1 << 20,
                Duration.ofMillis(200),
                Duration.ofHours(1),
                store,
                fetching,
                background);
        keeper = testKit.spawn(
                BrickKeeper.create(
                        settings,
                        new NodeName("bt1"),
                        directory.resolve("data"),
                        bricks -> announced.ref().tell(new Seen(bricks)),
                        new Hardware(disk, mounts, new DirectBuffers(), Clock.systemUTC()),
                        space),
                "bricks");
    }

    static BrickId brick(int number) {
        return new BrickId(new UUID(5, number));
    }

    BrickAdminProtocol.Reply prepare(int number, Path directory) {
        keeper.tell(
                new BrickAdminProtocol.PrepareBrick(POOL, VOLUME, brick(number), directory.toString(), admin.ref()));
        return admin.receiveMessage(Duration.ofSeconds(10));
    }

    /** Asks whether {@link #prepare} would succeed. */
    BrickAdminProtocol.Reply check(int number, Path directory) {
        keeper.tell(new BrickAdminProtocol.CheckBrick(POOL, VOLUME, brick(number), directory.toString(), admin.ref()));
        return admin.receiveMessage(Duration.ofSeconds(10));
    }

    BrickAdminProtocol.Reply release(int number) {
        keeper.tell(new BrickAdminProtocol.ReleaseBrick(brick(number), admin.ref()));
        return admin.receiveMessage(Duration.ofSeconds(10));
    }

    /** Waits for an announcement in which the brick has this health. */
    Announcement.Brick awaitHealth(int number, BrickHealth health) {
        while (true) {
            for (Announcement.Brick brick : announcement()) {
                if (brick.id().equals(brick(number)) && brick.health() == health) {
                    return brick;
                }
            }
        }
    }

    List<Announcement.Brick> announcement() {
        return announced.receiveMessage(Duration.ofSeconds(10)).bricks();
    }

    BrickProtocol.Reply store(Announcement.Brick brick, ChunkId chunk, byte[] data) {
        List<Integer> checksums =
                Arrays.stream(BlockChecksums.of(ByteBuffer.wrap(data))).boxed().toList();
        brick.actor()
                .tell(new BrickProtocol.StoreChunk(1, chunk, checksums, ByteString.fromArray(data), replies.ref()));
        return replies.receiveMessage(Duration.ofSeconds(10));
    }

    BrickProtocol.Reply read(Announcement.Brick brick, ChunkId chunk, int length) {
        brick.actor().tell(new BrickProtocol.ReadChunk(2, chunk, 0, length, replies.ref(), false));
        return replies.receiveMessage(Duration.ofSeconds(10));
    }

    BrickProtocol.Reply delete(Announcement.Brick brick, FileVersion version) {
        brick.actor().tell(new BrickProtocol.DeleteVersions(3, List.of(version), replies.ref()));
        return replies.receiveMessage(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        testKit.shutdownTestKit();
    }
}
