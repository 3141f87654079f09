package io.mortar.multijvm.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.drill.fault.KillFault;
import io.mortar.cli.drill.fault.PauseFault;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.Directories;
import io.mortar.multijvm.pool.PoolExtension;
import io.mortar.multijvm.pool.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.TestAbortedException;

/**
 * What a volume of two copies on four machines promises under a mixed load: no acknowledged byte is lost or wrong, and no request of a client that
 * repeats what was refused or not answered takes longer than ten seconds.
 */
class MixedLoadFaultsIT {
    private static final int WARM = 300;
    private static final int AFTERWARDS = 1500;
    private static final int CHUNKS = 50;
    private static final Duration STALL_MAX = Duration.ofSeconds(10);

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(4);

    @Test
    void any_node_is_killed_every_ten_seconds_for_three_minutes() throws Exception {
        try (LoadedPool loaded = LoadedPool.begin(pool, pool.bricks(1))) {
            loaded.awaitAnswers(WARM);
            loaded.hurt(List.of(new KillFault(loaded.victims())), Duration.ofMinutes(3), Duration.ofSeconds(10));
            loaded.assertNothingLost("kill-every-10-s", STALL_MAX);
        }
    }

    @Test
    void a_byte_is_flipped_in_fifty_chunk_files() throws Exception {
        try (LoadedPool loaded = LoadedPool.begin(pool, pool.bricks(1))) {
            loaded.awaitAnswers(AFTERWARDS);
            loaded.hurtOnce(loaded.corruption(CHUNKS), 1);
            loaded.awaitAnswers(AFTERWARDS);
            loaded.assertNothingLost("flipped-bytes", STALL_MAX);
        }
    }

    @Test
    void a_machine_hangs_for_eight_seconds() throws Exception {
        try (LoadedPool loaded = LoadedPool.begin(pool, pool.bricks(1))) {
            for (int node = 0; node < 4; node++) {
                loaded.awaitAnswers(WARM);
                loaded.hurtOnce(new PauseFault(loaded.victims(), Duration.ofSeconds(8)), node);
            }
            loaded.assertNothingLost("frozen-8-s", STALL_MAX);
        }
    }

    @Test
    void the_directory_of_a_brick_is_deleted() throws Exception {
        try (LoadedPool loaded = LoadedPool.begin(pool, pool.bricks(1))) {
            loaded.awaitAnswers(AFTERWARDS);
            removeWhileInUse(loaded.victims().brick(3));
            loaded.awaitAnswers(AFTERWARDS);
            loaded.assertNothingLost("deleted-brick", STALL_MAX);
        }
    }

    @Test
    void a_brick_is_full() throws Exception {
        Path mount = pool.directory().resolve("small");
        try (SmallDisk disk = disk(mount)) {
            List<String> bricks = new ArrayList<>(pool.bricks(1));
            bricks.set(3, "bt4:" + mount.resolve("brick"));
            try (LoadedPool loaded = LoadedPool.begin(pool, bricks)) {
                loaded.awaitAnswers(WARM);
                disk.fill(0);
                loaded.awaitAnswers(AFTERWARDS);
                assertThat(disk.usableBytes()).isLessThan(64 << 20);
                disk.clear();
                loaded.awaitAnswers(WARM);
                loaded.assertNothingLost("full-brick", STALL_MAX);
            } finally {
                pool.killAll();
            }
        }
    }

    /** The node goes on writing below the directory meanwhile. */
    private static void removeWhileInUse(Path brick) {
        Await.until("the directory of the brick is gone", Duration.ofMinutes(1), () -> {
            Directories.delete(brick);
            return true;
        });
    }

    private static SmallDisk disk(Path mount) {
        try {
            return SmallDisk.at(mount, 512);
        } catch (IOException e) {
            throw new TestAbortedException("skipped: a file system that is full takes root to mount one", e);
        }
    }
}
