package io.mortar.node.brick.store;

import static io.mortar.node.brick.store.StoreFixture.bytes;
import static io.mortar.node.brick.store.StoreFixture.chunk;
import static io.mortar.node.brick.store.StoreFixture.read;
import static io.mortar.node.brick.store.StoreFixture.refusal;
import static io.mortar.node.brick.store.StoreFixture.store;
import static io.mortar.node.brick.store.StoreFixture.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.util.ByteString;
import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.protocol.brick.BrickProtocol.Drop;
import io.mortar.testkit.Seeds;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
    @TempDir
    Path directory;

    @Test
    void torn_temporary_files_are_never_visible_and_removed_at_the_start() throws Exception {
        StoreFixture fixture = new StoreFixture(directory);
        Files.write(directory.resolve("tmp").resolve("1"), new byte[777]);
        try (ChunkStore store = fixture.open()) {
            assertThat(fixture.temporaryFiles()).isEmpty();
            store(store, chunk(1, 0), bytes(100_000, 1)).join();
        }
    }

    @Test
    void whatever_call_the_disk_dies_at_what_was_acknowledged_is_there_and_what_was_deleted_is_not() throws Exception {
        boolean died = true;
        for (int k = 1; died; k++) {
            StoreFixture fixture = new StoreFixture(directory.resolve("dies-at-" + k));
            FaultyDisk disk = new FaultyDisk("Input/output error");
            Map<ChunkId, byte[]> acknowledged = new HashMap<>();
            boolean deleted = false;
            try (ChunkStore store = fixture.open(disk)) {
                store.counted().join();
                disk.failFrom(k);
                deleted = storeSomeAndDeleteOne(store, acknowledged);
                died = disk.hasFailed();
            }
            try (ChunkStore store = fixture.open()) {
                for (Map.Entry<ChunkId, byte[]> chunk : acknowledged.entrySet()) {
                    byte[] data = chunk.getValue();
                    assertThat(read(store, chunk.getKey(), 0, data.length))
                            .as("chunk %s after k=%d", chunk.getKey(), k)
                            .isEqualTo(data);
                }
                if (deleted) {
                    assertThat(refusal(store.read(chunk(1, 0), 0, 1))).isEqualTo(RefusalCode.NOT_FOUND);
                    assertThat(refusal(store(store, chunk(1, 0), bytes(100_000, 1))))
                            .isEqualTo(RefusalCode.LEASE_LOST);
                }
                assertThat(fixture.temporaryFiles()).isEmpty();
            }
        }
    }

    private static boolean storeSomeAndDeleteOne(ChunkStore store, Map<ChunkId, byte[]> acknowledged) {
        for (int i = 0; i < 3; i++) {
            int size = i == 1 ? 5000 : 100_000;
            byte[] data = bytes(size, i);
            if (succeeds(store(store, chunk(i + 1, 0), data))) {
                acknowledged.put(chunk(i + 1, 0), data);
            }
        }
        byte[] removed = acknowledged.remove(chunk(1, 0));
        boolean deleted = succeeds(store.delete(List.of(version(1))));
        return deleted && removed != null;
    }

    @Test
    void whatever_call_the_disk_dies_at_late_drops_spare_what_was_fetched_and_late_fetches_are_refused()
            throws Exception {
        byte[] data = bytes(100_000, 1);
        int checksum = BlockChecksums.ofWhole(ByteBuffer.wrap(data));
        boolean died = true;
        for (int k = 1; died; k++) {
            StoreFixture fixture = new StoreFixture(directory.resolve("moves-until-" + k));
            FaultyDisk disk = new FaultyDisk("Input/output error");
            boolean fetched;
            boolean dropped;
            try (ChunkStore store = fixture.open(disk)) {
                store.counted().join();
                store(store, chunk(2, 0), data).join();
                disk.failFrom(k);
                fetched = succeeds(store.prepareCopy(chunk(1, 0), data.length, 8)
                        .thenCompose(isHere ->
                                store.storeCopy(chunk(1, 0), data.length, 8, checksum, ByteString.fromArray(data))));
                dropped = succeeds(store.drop(List.of(new Drop(version(2), 7, 0, 1, List.of()))));
                died = disk.hasFailed();
            }
            try (ChunkStore store = fixture.open()) {
                if (fetched) {
                    store.drop(List.of(new Drop(version(1), 7, 0, 1, List.of())))
                            .join();
                    assertThat(read(store, chunk(1, 0), 0, data.length))
                            .as("k=%d", k)
                            .isEqualTo(data);
                }
                if (dropped) {
                    assertThat(refusal(store.read(chunk(2, 0), 0, 1))).isEqualTo(RefusalCode.NOT_FOUND);
                    assertThat(refusal(store.prepareCopy(chunk(2, 0), data.length, 6)))
                            .isEqualTo(RefusalCode.LEASE_LOST);
                }
                assertThat(fixture.temporaryFiles()).isEmpty();
            }
        }
    }

    /** A dead disk must answer with a failure of the brick, never with a refusal or success. */
    private static boolean succeeds(CompletableFuture<?> future) {
        try {
            future.join();
            return true;
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(BrickFailedException.class);
            return false;
        }
    }

    @Test
    void after_an_io_error_everything_is_refused() throws Exception {
        StoreFixture fixture = new StoreFixture(directory);
        FaultyDisk disk = new FaultyDisk("Input/output error");
        try (ChunkStore store = fixture.open(disk)) {
            store.counted().join();
            store(store, chunk(1, 0), bytes(100_000, 1)).join();
            disk.failOnce(1);
            assertThatThrownBy(() -> store.read(chunk(1, 0), 0, 100_000).join())
                    .hasCauseInstanceOf(BrickFailedException.class)
                    .hasMessageContaining("bt1:/brick")
                    .hasMessageContaining("Input/output error");

            assertThatThrownBy(() -> store.read(chunk(1, 0), 0, 100_000).join())
                    .hasCauseInstanceOf(BrickFailedException.class);
            assertThatThrownBy(() -> store(store, chunk(2, 0), bytes(10, 1)).join())
                    .hasCauseInstanceOf(BrickFailedException.class);
            assertThatThrownBy(() -> store.delete(List.of(version(2))).join())
                    .hasCauseInstanceOf(BrickFailedException.class);
        }
    }

    @Test
    void a_full_disk_is_a_refusal_and_not_a_failure() throws Exception {
        StoreFixture fixture = new StoreFixture(directory);
        FaultyDisk disk = new FaultyDisk("No space left on device");
        try (ChunkStore store = fixture.open(disk)) {
            store.counted().join();
            byte[] data = bytes(100_000, 1);
            disk.failOnce(3); // exists, create, then the write
            assertThat(refusal(store(store, chunk(1, 0), data))).isEqualTo(RefusalCode.NO_SPACE);
            assertThat(fixture.temporaryFiles()).isEmpty();

            store(store, chunk(1, 0), data).join();
            assertThat(read(store, chunk(1, 0), 0, data.length)).isEqualTo(data);
        }
    }

    @Test
    void what_was_acknowledged_survives_a_power_loss_at_any_moment() throws Exception {
        for (long seed : Seeds.upTo(30).toArray()) {
            RandomGenerator random = Seeds.random(seed);
            StoreFixture fixture = new StoreFixture(directory.resolve("seed-" + seed));
            LossyDisk disk = new LossyDisk(directory.resolve("trash-" + seed));
            Set<Long> stored = ConcurrentHashMap.newKeySet();
            Set<Long> deleted = ConcurrentHashMap.newKeySet();
            try (ChunkStore store = fixture.open(disk)) {
                store.counted().join();
                disk.cutPowerAfter(random.nextInt(350));
                for (long inode = 1; inode <= 40; inode++) {
                    storeAndPerhapsDelete(store, inode, random, stored, deleted);
                }
            }
            disk.losePower();
            try (ChunkStore store = fixture.open()) {
                for (long inode : stored) {
                    if (deleted.contains(-inode)) {
                        continue; // its deletion had begun: either is right
                    }
                    byte[] data = bytes(40_000, inode);
                    assertThat(read(store, chunk(inode, 0), 0, data.length))
                            .as("chunk of inode %d, seed %d", inode, seed)
                            .isEqualTo(data);
                }
                for (long inode : deleted) {
                    if (inode > 0) {
                        assertThat(refusal(store.read(chunk(inode, 0), 0, 1)))
                                .as("deleted inode %d, seed %d", inode, seed)
                                .isEqualTo(RefusalCode.NOT_FOUND);
                    }
                }
            }
        }
    }

    /** Negative numbers in {@code deleted} are deletions that were begun, positive ones are acknowledged. */
    private static void storeAndPerhapsDelete(
            ChunkStore store, long inode, RandomGenerator random, Set<Long> stored, Set<Long> deleted) {
        boolean delete = random.nextInt(4) == 0;
        CompletionStage<Void> done = store(store, chunk(inode, 0), bytes(40_000, inode));
        done.thenAccept(d -> {
            stored.add(inode);
            if (delete) {
                deleted.add(-inode);
                CompletionStage<Void> gone = store.delete(List.of(version(inode)));
                gone.thenAccept(g -> deleted.add(inode));
            }
        });
    }
}
