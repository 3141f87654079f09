package io.mortar.node.brick.store;

import static io.mortar.node.brick.store.StoreFixture.bytes;
import static io.mortar.node.brick.store.StoreFixture.chunk;
import static io.mortar.node.brick.store.StoreFixture.read;
import static io.mortar.node.brick.store.StoreFixture.refusal;
import static io.mortar.node.brick.store.StoreFixture.store;
import static io.mortar.node.brick.store.StoreFixture.version;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.journal.kv.KvBatch;
import io.mortar.protocol.brick.BrickProtocol.Drop;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chunks that come and go by the word of several leaders, whose messages may be late. */
class FenceTest {
    private static final int LARGE = 40_000;
    private static final int SMALL = 1000;

    @TempDir
    Path directory;

    private StoreFixture fixture;
    private ChunkStore store;

    @BeforeEach
    void open() throws Exception {
        fixture = new StoreFixture(directory);
        store = fixture.open();
        store.counted().join();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() throws Exception {
        store.close();
        store = fixture.open();
    }

    private static Drop dropAll(FileVersion version, long order) {
        return new Drop(version, order, 0, 1, List.of());
    }

    /** What a brick does with a chunk that it is told to fetch. */
    private CompletableFuture<Void> copy(ChunkId chunk, long order, byte[] data) {
        int checksum = BlockChecksums.ofWhole(ByteBuffer.wrap(data));
        return store.prepareCopy(chunk, data.length, order)
                .thenCompose(isHere -> isHere
                        ? CompletableFuture.<Void>completedFuture(null)
                        : store.storeCopy(chunk, data.length, order, checksum, ByteString.fromArray(data)));
    }

    private void storeFile(long inode) {
        for (int index = 0; index < 8; index++) {
            store(store, chunk(inode, index), bytes(index < 4 ? LARGE : SMALL, index))
                    .join();
        }
    }

    private List<Integer> indexesOf(long inode) {
        List<Integer> indexes = new ArrayList<>();
        for (int index = 0; index < 8; index++) {
            if (store.prepareCopy(chunk(inode, index), index < 4 ? LARGE : SMALL, 1_000)
                    .join()) {
                indexes.add(index);
            }
        }
        return indexes;
    }

    @Test
    void a_drop_removes_the_chunks_of_columns_that_are_not_kept_and_no_others() throws Exception {
        storeFile(1);
        storeFile(17);
        long used = store.capacity().join().usedBytes();

        store.drop(List.of(new Drop(version(1), 7, 2, 4, List.of(1, 3)))).join();

        assertThat(store.capacity().join().usedBytes()).isEqualTo(used - 2 * (SMALL + 52 + 29) - 2 * 40_960);
        assertThat(indexesOf(1)).containsExactly(1, 3, 5, 7); // columns (2 + index) mod 4 are 3, 1, 3, 1
        assertThat(indexesOf(17)).hasSize(8);
        reopen();
        assertThat(indexesOf(1)).containsExactly(1, 3, 5, 7);
    }

    @Test
    void after_a_drop_only_chunks_of_kept_columns_and_of_higher_orders_are_taken() throws Exception {
        storeFile(1);
        store.drop(List.of(new Drop(version(1), 7, 0, 2, List.of(1)))).join();

        for (int round = 0; round < 2; round++) {
            for (int index : new int[] {2, 6}) {
                byte[] data = bytes(index < 4 ? LARGE : SMALL, index);
                assertThat(refusal(store(store, chunk(1, index), data))).isEqualTo(RefusalCode.LEASE_LOST);
                assertThat(refusal(copy(chunk(1, index), 0, data))).isEqualTo(RefusalCode.LEASE_LOST);
                assertThat(refusal(copy(chunk(1, index), 6, data))).isEqualTo(RefusalCode.LEASE_LOST);
                assertThat(refusal(copy(chunk(1, index), 7, data))).isEqualTo(RefusalCode.LEASE_LOST);
            }
            reopen();
        }
        store(store, chunk(1, 9), bytes(SMALL, 9)).join();
        copy(chunk(1, 11), 0, bytes(LARGE, 11)).join();
        copy(chunk(1, 13), 7, bytes(LARGE, 13)).join();
        copy(chunk(1, 2), 8, bytes(LARGE, 2)).join();
        copy(chunk(1, 6), 8, bytes(SMALL, 6)).join();
        assertThat(indexesOf(1)).containsExactly(1, 2, 3, 5, 6, 7);
        assertThat(fixture.temporaryFiles()).isEmpty();
    }

    @Test
    void a_late_drop_of_an_earlier_order_does_nothing_to_what_was_moved_back() throws Exception {
        storeFile(1);
        store.drop(List.of(dropAll(version(1), 7))).join();
        copy(chunk(1, 0), 8, bytes(LARGE, 0)).join();
        copy(chunk(1, 4), 8, bytes(SMALL, 4)).join();

        store.drop(List.of(dropAll(version(1), 7))).join();
        reopen();
        store.drop(List.of(dropAll(version(1), 7))).join();

        assertThat(indexesOf(1)).containsExactly(0, 4);
    }

    @Test
    void chunks_that_are_here_already_are_guarded_as_well() {
        storeFile(1);
        assertThat(store.prepareCopy(chunk(1, 0), LARGE, 8).join()).isTrue();
        store.drop(List.of(dropAll(version(1), 7))).join();
        assertThat(indexesOf(1)).hasSize(8);
    }

    @Test
    void healing_raises_no_fence() {
        storeFile(1);
        copy(chunk(1, 9), 0, bytes(LARGE, 9)).join();
        store.drop(List.of(dropAll(version(1), 1))).join();
        assertThat(indexesOf(1)).isEmpty();
    }

    @Test
    void a_deleted_version_is_deleted_for_every_order() {
        storeFile(1);
        store.delete(List.of(version(1))).join();
        store.drop(List.of(new Drop(version(1), 9, 0, 1, List.of(0)))).join();
        assertThat(refusal(copy(chunk(1, 0), Long.MAX_VALUE - 1, bytes(LARGE, 0))))
                .isEqualTo(RefusalCode.LEASE_LOST);
        assertThat(refusal(store(store, chunk(1, 0), bytes(LARGE, 0)))).isEqualTo(RefusalCode.LEASE_LOST);
    }

    @Test
    void deleting_a_version_removes_what_a_fence_kept() throws Exception {
        storeFile(1);
        assertThat(indexesOf(1)).hasSize(8);
        store.delete(List.of(version(1))).join();
        assertThat(fixture.chunkFiles()).isEmpty();
        assertThat(store.capacity().join().usedBytes()).isZero();
    }

    @Test
    void tombstones_of_earlier_versions_of_the_format_still_count() throws Exception {
        store.close();
        try (var rows = BrickRows.open(new LocalDisk(), directory)) {
            rows.write(new KvBatch().put(RowKeys.fence(version(1)), RowKeys.number(fixture.clock.millis())));
        }
        store = fixture.open();
        assertThat(refusal(copy(chunk(1, 0), 5, bytes(LARGE, 0)))).isEqualTo(RefusalCode.LEASE_LOST);
    }

    @Test
    void fences_are_forgotten_after_a_day() {
        store.drop(List.of(dropAll(version(1), 7))).join();
        fixture.clock.advance(Duration.ofHours(23));
        store.drop(List.of(dropAll(version(2), 7))).join();
        store.forgetOldFences().join();
        assertThat(refusal(copy(chunk(1, 0), 6, bytes(SMALL, 0)))).isEqualTo(RefusalCode.LEASE_LOST);

        fixture.clock.advance(Duration.ofHours(2));
        store.forgetOldFences().join();
        copy(chunk(1, 0), 6, bytes(SMALL, 0)).join();
        assertThat(refusal(copy(chunk(2, 0), 6, bytes(SMALL, 0)))).isEqualTo(RefusalCode.LEASE_LOST);
    }

    @Test
    void a_drop_that_races_a_fetch_of_a_higher_order_leaves_what_was_acknowledged() {
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int inode = 1; inode <= 60; inode++) {
            store(store, chunk(inode, 0), bytes(LARGE, inode)).join();
            store(store, chunk(inode, 1), bytes(SMALL, inode)).join();
        }
        for (int inode = 1; inode <= 60; inode++) {
            CompletableFuture<Void> dropped = store.drop(List.of(dropAll(version(inode), 7)));
            all.add(copy(chunk(inode, 0), 8, bytes(LARGE, inode)));
            all.add(copy(chunk(inode, 1), 8, bytes(SMALL, inode)));
            all.add(dropped);
        }
        all.forEach(CompletableFuture::join);
        for (int inode = 1; inode <= 60; inode++) {
            assertThat(read(store, chunk(inode, 0), 0, LARGE)).isEqualTo(bytes(LARGE, inode));
            assertThat(read(store, chunk(inode, 1), 0, SMALL)).isEqualTo(bytes(SMALL, inode));
        }
        assertThat(store.capacity().join().usedBytes()).isEqualTo(60L * (SMALL + 52 + 29 + 40_960));
    }

    @Test
    void what_is_damaged_or_of_another_size_does_not_count_as_here() throws Exception {
        storeFile(1);
        Path file = fixture.chunkFiles().stream()
                .filter(f -> f.endsWith(chunk(1, 0).toString()))
                .findFirst()
                .orElseThrow();
        byte[] damaged = Files.readAllBytes(file);
        damaged[20_000] ^= 4;
        Files.write(file, damaged);

        assertThat(store.prepareCopy(chunk(1, 0), LARGE, 0).join()).isFalse();
        assertThat(store.prepareCopy(chunk(1, 1), LARGE - 1, 0).join()).isFalse();
        assertThat(store.prepareCopy(chunk(1, 4), SMALL + 1, 0).join()).isFalse();
        copy(chunk(1, 0), 0, bytes(LARGE, 0)).join();
        assertThat(read(store, chunk(1, 0), 0, LARGE)).isEqualTo(bytes(LARGE, 0));
    }

    @Test
    void a_chunk_that_was_changed_between_two_bricks_is_not_stored() throws Exception {
        ByteString data = ByteString.fromArray(bytes(LARGE, 1));
        int checksum = BlockChecksums.ofWhole(data.asByteBuffer());
        assertThat(refusal(store.storeCopy(chunk(1, 0), LARGE, 5, checksum + 1, data)))
                .isEqualTo(RefusalCode.BAD_DIGEST);
        assertThat(refusal(store.storeCopy(chunk(1, 0), LARGE + 1, 5, checksum, data)))
                .isEqualTo(RefusalCode.BAD_DIGEST);
        assertThat(fixture.chunkFiles()).isEmpty();
    }

    @Test
    void no_chunk_is_copied_of_a_size_that_none_has() {
        for (int size : new int[] {0, -1, ChunkStore.CHUNK_SIZE_BYTES_MAX + 1}) {
            assertThat(refusal(store.prepareCopy(chunk(1, 0), size, 5))).isEqualTo(RefusalCode.BAD_REQUEST);
        }
        assertThat(refusal(store.prepareCopy(chunk(1, 0), 1, -1))).isEqualTo(RefusalCode.BAD_REQUEST);
    }

    @Test
    void files_of_others_among_the_chunks_are_left_alone() throws Exception {
        storeFile(1);
        Path foreign = fixture.chunkFiles().get(0).resolveSibling(version(1) + "-x-0");
        Files.writeString(foreign, "notes");
        store.drop(List.of(dropAll(version(1), 7))).join();
        assertThat(fixture.chunkFiles()).containsExactly(foreign);
    }
}
