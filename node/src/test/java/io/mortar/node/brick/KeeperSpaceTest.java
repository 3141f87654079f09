package io.mortar.node.brick;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.space.SpaceLimits;
import io.mortar.node.brick.store.FaultyDisk;
import io.mortar.node.brick.store.LocalDisk;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickAdminRefused;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickPrepared;
import io.mortar.protocol.brick.BrickAdminProtocol.BrickReleased;
import io.mortar.protocol.brick.BrickAdminProtocol.Reply;
import io.mortar.protocol.brick.BrickHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeeperSpaceTest {
    private static final long PLENTY = 10_000;
    private static final long NO_GROWTH = 500;
    private static final long NO_WRITES = 50;

    @TempDir
    Path directory;

    private final AtomicLong usableBytes = new AtomicLong(PLENTY);
    private DiskSpace space = DiskSpace.UNLIMITED;

    @BeforeEach
    void limit() throws IOException {
        space = DiskSpace.open(directory.resolve("data"), new SpaceLimits(0, 1000, 100), usableBytes::get);
    }

    private NodeOfBricks node() {
        return new NodeOfBricks(directory, new LocalDisk(), MountTable.ofThisProcess(), space);
    }

    private static RefusalCode code(Reply reply) {
        assertThat(reply).isInstanceOf(BrickAdminRefused.class);
        return ((BrickAdminRefused) reply).refusal().code();
    }

    @Test
    void a_nearly_full_disk_takes_no_new_brick_and_still_gives_bricks_back() {
        try (NodeOfBricks node = node()) {
            assertThat(node.prepare(1, directory.resolve("first"))).isInstanceOf(BrickPrepared.class);
            usableBytes.set(NO_GROWTH);

            assertThat(code(node.prepare(2, directory.resolve("second")))).isEqualTo(RefusalCode.NO_SPACE);
            assertThat(node.prepare(1, directory.resolve("first"))).isInstanceOf(BrickPrepared.class);
            assertThat(node.release(1)).isInstanceOf(BrickReleased.class);
        }
    }

    @Test
    void a_full_disk_gives_no_brick_back_until_there_is_room() {
        try (NodeOfBricks node = node()) {
            node.prepare(1, directory.resolve("first"));
            usableBytes.set(NO_WRITES);
            assertThat(code(node.release(1))).isEqualTo(RefusalCode.NO_SPACE);

            usableBytes.set(PLENTY);
            assertThat(node.release(1)).isInstanceOf(BrickReleased.class);
        }
    }

    @Test
    void a_brick_that_fails_while_the_disk_is_full_is_out_of_use_at_once_and_after_a_restart() throws IOException {
        FaultyDisk disk = new FaultyDisk("EIO");
        try (NodeOfBricks node = new NodeOfBricks(directory, disk, MountTable.ofThisProcess(), space)) {
            node.prepare(1, directory.resolve("first"));
            node.awaitHealth(1, BrickHealth.ONLINE);
            usableBytes.set(NO_WRITES);
            disk.failFrom(1);
            node.awaitHealth(1, BrickHealth.QUARANTINED);

            usableBytes.set(PLENTY);
            node.admin.awaitAssert(Duration.ofSeconds(10), () -> {
                BrickAdminRefused refused = (BrickAdminRefused) node.prepare(1, directory.resolve("first"));
                assertThat(refused.refusal().text()).as("what the list says").contains(" in " + directory);
                return null;
            });
        }
        try (NodeOfBricks node = node()) {
            node.awaitHealth(1, BrickHealth.QUARANTINED);
        }
    }
}
