package io.mortar.node.brick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.node.brick.store.FaultyDisk;
import io.mortar.node.brick.store.LocalDisk;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickAdminRefused;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickChecked;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickPrepared;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickReleased;
import io.mortar.protocol.brick.BrickAdminProtocol.PrepareBrick;
import io.mortar.protocol.brick.BrickAdminProtocol.Reply;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.brick.BrickProtocol.BrickRefused;
import io.mortar.protocol.brick.BrickProtocol.ChunkData;
import io.mortar.protocol.brick.BrickProtocol.ChunkStored;
import io.mortar.protocol.brick.BrickProtocol.VersionsDeleted;
import io.mortar.protocol.pool.Announcement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrickKeeperTest {
    private static final ChunkId CHUNK = new ChunkId(new FileVersion(NodeOfBricks.VOLUME, 1, 1), 0, 0);
    private static final byte[] DATA = new byte[100_000];

    @TempDir
    Path directory;

    private Path brickDirectory() {
        return directory.resolve("brick");
    }

    private static RefusalCode code(Reply reply) {
        assertThat(reply).isInstanceOf(BrickAdminRefused.class);
        return ((BrickAdminRefused) reply).refusal().code();
    }

    private static RefusalCode code(BrickProtocol.Reply reply) {
        assertThat(reply).isInstanceOf(BrickRefused.class);
        return ((BrickRefused) reply).refusal().code();
    }

    private static void replaceInIdentity(Path brick, String old, String with) throws IOException {
        Path file = brick.resolve(IdentityFile.NAME);
        Files.writeString(file, Files.readString(file).replace(old, with));
    }

    @Test
    void a_prepared_brick_stores_reads_and_deletes_and_is_there_after_a_restart() {
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            BrickPrepared prepared = (BrickPrepared) node.prepare(1, brickDirectory());
            assertThat(prepared.capacity().freeBytes()).isPositive();
            Announcement.Brick brick = node.awaitHealth(1, BrickHealth.ONLINE);
            assertThat(brick.location()).hasToString("bt1:" + brickDirectory());
            assertThat(brick.volume()).isEqualTo(NodeOfBricks.VOLUME);
            assertThat(brick.actor().path().toString()).endsWith("/user/bricks/" + NodeOfBricks.brick(1));
            assertThat(node.store(brick, CHUNK, DATA)).isEqualTo(new ChunkStored(1));
        }
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            Announcement.Brick brick = node.awaitHealth(1, BrickHealth.ONLINE);
            assertThat(((ChunkData) node.read(brick, CHUNK, DATA.length)).data().toArray())
                    .isEqualTo(DATA);
            assertThat(node.delete(brick, CHUNK.file())).isEqualTo(new VersionsDeleted(3));
            assertThat(code(node.read(brick, CHUNK, 1))).isEqualTo(RefusalCode.NOT_FOUND);
            assertThat(code(node.store(brick, CHUNK, DATA))).isEqualTo(RefusalCode.LEASE_LOST);
        }
    }

    @Test
    void a_directory_is_checked_as_it_would_be_prepared_and_nothing_is_left_in_it() throws IOException {
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            BrickChecked checked = (BrickChecked) node.check(1, brickDirectory());
            assertThat(checked.capacity().fileSystem()).isNotEmpty();
            assertThat(brickDirectory()).doesNotExist();
            BrickPrepared prepared = (BrickPrepared) node.prepare(1, brickDirectory());
            assertThat(checked.capacity().freeBytes())
                    .isCloseTo(prepared.capacity().freeBytes(), withinPercentage(20));
            node.awaitHealth(1, BrickHealth.ONLINE);
            assertThat(node.check(1, brickDirectory()))
                    .as("the brick itself, when it is asked for again")
                    .isInstanceOf(BrickChecked.class);

            assertThat(code(node.check(2, brickDirectory().resolve("in-it")))).isEqualTo(RefusalCode.BRICK_IN_USE);
            assertThat(code(node.check(2, directory.resolve("data/x")))).isEqualTo(RefusalCode.BRICK_NOT_ALLOWED);
            Path full = Files.createDirectory(directory.resolve("full"));
            Files.writeString(full.resolve("photo"), "x");
            assertThat(code(node.check(2, full))).isEqualTo(RefusalCode.BRICK_NOT_EMPTY);
            assertThat(code(node.check(2, directory.resolve("a/b")))).isEqualTo(RefusalCode.BRICK_NOT_ALLOWED);
        }
    }

    @Test
    void preparing_again_succeeds_and_releasing_leaves_an_empty_directory_that_can_be_prepared_anew() {
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            node.prepare(1, brickDirectory());
            assertThat(node.prepare(1, brickDirectory())).isInstanceOf(BrickPrepared.class);
            node.store(node.awaitHealth(1, BrickHealth.ONLINE), CHUNK, DATA);

            assertThat(node.release(1)).isEqualTo(new BrickReleased(NodeOfBricks.brick(1)));
            assertThat(brickDirectory()).isEmptyDirectory();
            assertThat(node.release(1)).isEqualTo(new BrickReleased(NodeOfBricks.brick(1)));

            assertThat(node.prepare(2, brickDirectory())).isInstanceOf(BrickPrepared.class);
        }
    }

    @Test
    void a_brick_that_is_released_while_it_is_prepared_leaves_nothing() {
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            node.keeper.tell(new PrepareBrick(
                    NodeOfBricks.POOL,
                    NodeOfBricks.VOLUME,
                    NodeOfBricks.brick(1),
                    brickDirectory().toString(),
                    node.testKit.<Reply>createTestProbe().ref()));
            assertThat(node.release(1)).isEqualTo(new BrickReleased(NodeOfBricks.brick(1)));
            assertThat(brickDirectory()).isEmptyDirectory();
        }
    }

    @Test
    void directories_that_cannot_be_bricks_are_refused_and_stay_as_they_are() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        Path full = Files.createDirectories(directory.resolve("full"));
        Files.writeString(full.resolve("holiday.jpg"), "x");
        Path lostAndFound = Files.createDirectories(directory.resolve("disk/lost+found"));
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            assertThat(code(node.prepare(1, directory.resolve("no/parent")))).isEqualTo(RefusalCode.BRICK_NOT_ALLOWED);
            assertThat(code(node.prepare(1, Path.of("relative")))).isEqualTo(RefusalCode.BRICK_NOT_ALLOWED);
            assertThat(code(node.prepare(1, file))).isEqualTo(RefusalCode.BRICK_NOT_ALLOWED);
            assertThat(code(node.prepare(1, Path.of("/etc/brick")))).isEqualTo(RefusalCode.BRICK_NOT_ALLOWED);
            assertThat(code(node.prepare(1, directory.resolve("data/brick")))).isEqualTo(RefusalCode.BRICK_NOT_ALLOWED);
            BrickAdminRefused notEmpty = (BrickAdminRefused) node.prepare(1, full);
            assertThat(notEmpty.refusal().code()).isEqualTo(RefusalCode.BRICK_NOT_EMPTY);
            assertThat(notEmpty.refusal().text()).contains("holiday.jpg");
            assertThat(full).isDirectoryContaining("glob:**holiday.jpg");

            assertThat(node.prepare(1, lostAndFound.resolveSibling("").normalize()))
                    .isInstanceOf(BrickPrepared.class);
            assertThat(code(node.prepare(2, directory.resolve("disk")))).isEqualTo(RefusalCode.BRICK_IN_USE);
            assertThat(code(node.prepare(2, directory.resolve("disk/brick")))).isEqualTo(RefusalCode.BRICK_IN_USE);
            Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("disk"));
            assertThat(code(node.prepare(2, link))).isEqualTo(RefusalCode.BRICK_IN_USE);
            assertThat(node.release(2)).isInstanceOf(BrickReleased.class);
        }
    }

    @Test
    void the_brick_of_another_pool_is_not_taken() {
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            node.prepare(1, brickDirectory());
        }
        try (NodeOfBricks other = new NodeOfBricks(directory.resolve("other"))) {
            other.keeper.tell(new PrepareBrick(
                    new PoolId(new UUID(8, 8)),
                    NodeOfBricks.VOLUME,
                    NodeOfBricks.brick(1),
                    brickDirectory().toString(),
                    other.admin.ref()));
            assertThat(code(other.admin.receiveMessage())).isEqualTo(RefusalCode.BRICK_IN_USE);
            assertThat(brickDirectory()).isDirectoryContaining("glob:**/chunks");
        }
    }

    @Test
    void bricks_say_which_of_them_share_a_file_system() {
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            node.prepare(1, brickDirectory());
            node.prepare(2, directory.resolve("second"));
            List<Announcement.Brick> both = node.announcement();
            while (both.size() < 2) {
                both = node.announcement();
            }
            assertThat(both.get(0).capacity().fileSystem())
                    .isNotEmpty()
                    .isEqualTo(both.get(1).capacity().fileSystem());
            assertThat(both.get(0).capacity().reservedBytes()).isPositive();
        }
    }

    @Test
    void a_brick_without_its_identity_or_with_a_foreign_one_is_quarantined_and_left_alone() throws Exception {
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            node.prepare(1, brickDirectory());
            node.store(node.awaitHealth(1, BrickHealth.ONLINE), CHUNK, DATA);
        }
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(brickDirectory(), elsewhere);
        Files.createDirectory(brickDirectory());
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            Announcement.Brick brick = node.awaitHealth(1, BrickHealth.QUARANTINED);
            assertThat(brick.reason()).contains(IdentityFile.NAME).contains("mount");
            assertThat(code(node.store(brick, CHUNK, DATA))).isEqualTo(RefusalCode.BRICK_DOWN);
            assertThat(brickDirectory()).isEmptyDirectory();
        }
        Files.delete(brickDirectory());
        Files.move(elsewhere, brickDirectory());
        String pool = NodeOfBricks.POOL.toString();
        replaceInIdentity(brickDirectory(), pool, new PoolId(new UUID(1, 2)).toString());
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            assertThat(node.awaitHealth(1, BrickHealth.QUARANTINED).reason()).contains(pool);
        }
        replaceInIdentity(brickDirectory(), new PoolId(new UUID(1, 2)).toString(), pool);
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            Announcement.Brick brick = node.awaitHealth(1, BrickHealth.ONLINE);
            assertThat(node.read(brick, CHUNK, 10)).isInstanceOf(ChunkData.class);
        }
    }

    @Test
    void a_brick_on_another_mount_or_without_its_rows_is_quarantined() throws Exception {
        Path mounts = directory.resolve("mountinfo");
        Files.writeString(mounts, "22 1 254:0 / / rw - ext4 /dev/vda rw\n");
        try (NodeOfBricks node = new NodeOfBricks(directory, new LocalDisk(), new MountTable(mounts))) {
            node.prepare(1, brickDirectory());
        }
        Files.writeString(
                mounts, "22 1 254:0 / / rw - ext4 /dev/vda rw\n23 22 1:1 / " + directory + " rw - xfs x rw\n");
        try (NodeOfBricks node = new NodeOfBricks(directory, new LocalDisk(), new MountTable(mounts))) {
            assertThat(node.awaitHealth(1, BrickHealth.QUARANTINED).reason())
                    .contains("xfs")
                    .contains("ext4");
        }
        Files.writeString(mounts, "22 1 254:0 / / rw - ext4 /dev/vda rw\n");
        Files.delete(brickDirectory().resolve("rows/CURRENT"));
        try (NodeOfBricks node = new NodeOfBricks(directory, new LocalDisk(), new MountTable(mounts))) {
            assertThat(node.awaitHealth(1, BrickHealth.QUARANTINED).reason()).contains("rows");
        }
    }

    @Test
    void an_io_error_quarantines_the_brick_over_restarts_until_a_person_wants_it_back() throws Exception {
        FaultyDisk disk = new FaultyDisk("Input/output error");
        try (NodeOfBricks node = new NodeOfBricks(directory, disk, MountTable.ofThisProcess())) {
            node.prepare(1, brickDirectory());
            Announcement.Brick brick = node.awaitHealth(1, BrickHealth.ONLINE);
            node.store(brick, CHUNK, DATA);
            disk.failFrom(1);
            BrickRefused refused = (BrickRefused) node.read(brick, CHUNK, 10);
            assertThat(refused.refusal().code()).isEqualTo(RefusalCode.BRICK_DOWN);
            assertThat(refused.refusal().text()).contains("bt1:" + brickDirectory());
            assertThat(node.awaitHealth(1, BrickHealth.QUARANTINED).reason()).contains("Input/output error");
        }
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            Announcement.Brick brick = node.awaitHealth(1, BrickHealth.QUARANTINED);
            assertThat(brick.reason()).contains("Input/output error").contains(BrickOpening.REINSTATE_FILE);
            assertThat(code(node.read(brick, CHUNK, 10))).isEqualTo(RefusalCode.BRICK_DOWN);
        }
        Files.createFile(brickDirectory().resolve(BrickOpening.REINSTATE_FILE));
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            Announcement.Brick brick = node.awaitHealth(1, BrickHealth.ONLINE);
            assertThat(node.read(brick, CHUNK, 10)).isInstanceOf(ChunkData.class);
            assertThat(brickDirectory().resolve(BrickOpening.REINSTATE_FILE)).doesNotExist();
        }
    }

    @Test
    void a_brick_whose_disk_is_gone_is_released_and_the_disk_left_alone() throws Exception {
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            node.prepare(1, brickDirectory());
        }
        Files.move(brickDirectory(), directory.resolve("elsewhere"));
        try (NodeOfBricks node = new NodeOfBricks(directory)) {
            node.awaitHealth(1, BrickHealth.QUARANTINED);
            assertThat(node.release(1)).isEqualTo(new BrickReleased(NodeOfBricks.brick(1)));
            assertThat(code(node.prepare(2, directory.resolve("elsewhere")))).isEqualTo(RefusalCode.BRICK_IN_USE);
        }
    }
}
