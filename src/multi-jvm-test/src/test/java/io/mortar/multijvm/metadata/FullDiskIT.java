package io.mortar.multijvm.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import io.mortar.multijvm.pool.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.TestAbortedException;

/** The file system of one voter's metadata is full. */
class FullDiskIT {
    private static final int CHANGES = 60;
    private static final int SIZE_MIB = 400;
    /** Below what a store needs to write at all. */
    private static final long LEFT_BYTES = 16L << 20;

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(2);

    @Test
    void a_voter_whose_disk_is_full_holds_nobody_up_and_catches_up_when_there_is_room_again() throws Exception {
        NodeProcess small = pool.stranger("bt3");
        try (SmallDisk disk = disk(small.spec().dataDirectory())) {
            small.joinThrough(pool.node(1));
            small.start();
            small.awaitReady();
            Quorum quorum = new Quorum(List.of(pool.node(1), pool.node(2), small));
            quorum.awaitVoterCount(3);
            pool.volumes().createStarted(Quorum.VOLUME, 2, 65_536, pool.bricks(1));
            try (HistoryRecorder clients = new HistoryRecorder(Quorum.VOLUME, pool.nodes())) {
                clients.awaitChanges(CHANGES);
                int wanted = clients.changed() + CHANGES;
                Await.until(CHANGES + " changes are carried out while the disk is full", DEADLINE, () -> {
                    disk.fill(LEFT_BYTES); // Again and again: the node gives up its reserve to stay alive.
                    return clients.changed() >= wanted;
                });
                assertThat(small.isRunning()).isTrue();
                assertThat(quorum.leader()).isNotEqualTo(small);

                disk.clear();
                quorum.leader().kill();
                clients.awaitChanges(
                        CHANGES); // Of three voters two are left, so each change is on the small disk as well.
                clients.assertLinearizable();
            }
            small.kill();
        }
    }

    private static SmallDisk disk(Path directory) {
        try {
            return SmallDisk.at(directory, SIZE_MIB);
        } catch (IOException e) {
            throw new TestAbortedException("skipped: a file system that is full takes root to mount one", e);
        }
    }
}
