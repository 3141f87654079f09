package io.mortar.node.brick.store;

import static io.mortar.node.brick.store.StoreFixture.bytes;
import static io.mortar.node.brick.store.StoreFixture.chunk;
import static io.mortar.node.brick.store.StoreFixture.read;
import static io.mortar.node.brick.store.StoreFixture.refusal;
import static io.mortar.node.brick.store.StoreFixture.store;
import static io.mortar.node.brick.store.StoreFixture.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import io.mortar.protocol.brick.BrickCapacity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkStoreDeleteTest {
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

    @Test
    void a_deletion_removes_all_chunks_of_the_version_and_no_others() throws Exception {
        FileVersion next = new FileVersion(new VolumeId(1), 1, 2);
        ChunkId kept = new ChunkId(next, 0, 0);
        for (int i = 0; i < 5; i++) {
            store(store, chunk(1, i), bytes(i < 3 ? 100_000 : 1000, i)).join();
            store(store, chunk(17, i), bytes(i < 3 ? 100_000 : 1000, i)).join();
        }
        store(store, kept, bytes(1000, 9)).join();

        store.delete(List.of(version(1))).join();

        for (int i = 0; i < 5; i++) {
            assertThat(refusal(store.read(chunk(1, i), 0, 1))).isEqualTo(RefusalCode.NOT_FOUND);
            assertThat(read(store, chunk(17, i), 0, 1000)).hasSize(1000);
        }
        assertThat(read(store, kept, 0, 1000)).isEqualTo(bytes(1000, 9));
        assertThat(fixture.chunkFiles()).hasSize(3);
    }

    @Test
    void a_chunk_that_comes_after_its_version_was_deleted_is_refused_even_after_a_restart() throws Exception {
        store.delete(List.of(version(1))).join();

        for (int round = 0; round < 2; round++) {
            assertThat(refusal(store(store, chunk(1, 0), bytes(100_000, 1)))).isEqualTo(RefusalCode.LEASE_LOST);
            assertThat(refusal(store(store, chunk(1, 1), bytes(1000, 1)))).isEqualTo(RefusalCode.LEASE_LOST);
            reopen();
        }
        assertThat(fixture.chunkFiles()).isEmpty();
        assertThat(fixture.temporaryFiles()).isEmpty();
    }

    @Test
    void deleting_again_or_what_is_not_there_succeeds() {
        store(store, chunk(1, 0), bytes(100_000, 1)).join();
        store.delete(List.of(version(1), version(2))).join();
        store.delete(List.of(version(2), version(1))).join();
        store.delete(List.of()).join();
    }

    @Test
    void tombstones_are_forgotten_after_a_day() {
        store.delete(List.of(version(1))).join();
        fixture.clock.advance(Duration.ofHours(23));
        store.delete(List.of(version(2))).join();
        store.forgetOldFences().join();
        assertThat(refusal(store(store, chunk(1, 0), bytes(1000, 1)))).isEqualTo(RefusalCode.LEASE_LOST);

        fixture.clock.advance(Duration.ofHours(2));
        store.forgetOldFences().join();

        store(store, chunk(1, 0), bytes(1000, 1)).join();
        assertThat(refusal(store(store, chunk(2, 0), bytes(1000, 1)))).isEqualTo(RefusalCode.LEASE_LOST);
    }

    @Test
    void a_store_that_races_a_deletion_leaves_nothing_behind() throws Exception {
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            for (int index = 0; index < 3; index++) {
                all.add(store(store, chunk(i, index), bytes(index == 2 ? 1000 : 40_000, i)));
            }
            all.add(store.delete(List.of(version(i))));
        }
        for (CompletableFuture<?> one : all) {
            try {
                one.join();
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOf(RefusedException.class).hasMessageStartingWith("LEASE_LOST");
            }
        }
        assertThat(fixture.chunkFiles()).isEmpty();
        assertThat(store.capacity().join().usedBytes()).isZero();
    }

    @Test
    void used_bytes_are_exact_after_a_clean_stop_and_after_a_crash() throws Exception {
        List<FileVersion> deleted = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            store(store, chunk(i, 0), bytes(i % 2 == 0 ? 50_000 : 500, i)).join();
            if (i % 5 == 0) {
                deleted.add(version(i));
            }
        }
        store.delete(deleted).join();
        BrickCapacity before = store.capacity().join();
        assertThat(before.usedBytes()).isEqualTo(12 * (500L + 52 + 29) + 12 * 53_248L);

        reopen();
        assertThat(store.capacity().join().usedBytes()).isEqualTo(before.usedBytes());
        store.close();

        forgetOrderlyStop();
        store = fixture.open();
        store(store, chunk(100, 0), bytes(50_000, 1)).join();
        store.counted().join();
        assertThat(store.capacity().join().usedBytes()).isEqualTo(before.usedBytes() + 53_248);
    }

    private void forgetOrderlyStop() throws Exception {
        try (var rows = BrickRows.open(new LocalDisk(), directory)) {
            rows.write(new io.mortar.journal.kv.KvBatch().delete(RowKeys.FILES_USED));
        }
    }

    @Test
    void more_small_chunks_than_one_write_takes_are_all_deleted() {
        List<CompletableFuture<Void>> stored = new ArrayList<>();
        for (int i = 0; i < 1200; i++) {
            stored.add(store(store, chunk(i < 1100 ? 1 : i, i), bytes(10, i)));
            if (stored.size() == 400) {
                CompletableFuture.allOf(stored.toArray(new CompletableFuture<?>[0]))
                        .join();
                stored.clear();
            }
        }
        List<FileVersion> versions = new ArrayList<>(List.of(version(1)));
        for (int i = 1100; i < 1200; i++) {
            versions.add(version(i));
        }
        store.delete(versions).join();

        assertThat(store.capacity().join().usedBytes()).isZero();
        assertThat(refusal(store.read(chunk(1, 1099), 0, 1))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(refusal(store.read(chunk(1150, 1150), 0, 1))).isEqualTo(RefusalCode.NOT_FOUND);
    }

    @Test
    void too_many_versions_at_once_are_refused() {
        List<FileVersion> versions = Collections.nCopies(ChunkStore.DELETED_VERSIONS_MAX + 1, version(1));
        assertThat(refusal(store.delete(versions))).isEqualTo(RefusalCode.BAD_REQUEST);
    }
}
