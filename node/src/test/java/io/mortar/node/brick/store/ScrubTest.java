package io.mortar.node.brick.store;

import static io.mortar.node.brick.store.StoreFixture.bytes;
import static io.mortar.node.brick.store.StoreFixture.chunk;
import static io.mortar.node.brick.store.StoreFixture.refusal;
import static io.mortar.node.brick.store.StoreFixture.store;
import static io.mortar.node.brick.store.StoreFixture.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import io.mortar.journal.kv.KvBatch;
import io.mortar.protocol.brick.BrickProtocol.Drop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scrub asks of a brick. */
class ScrubTest {
    private static final int LARGE = 100_000;
    private static final int SMALL = 1000;
    private static final VolumeId VOLUME = new VolumeId(1);

    @TempDir
    Path directory;

    private StoreFixture fixture;
    private ChunkStore store;

    @BeforeEach
    void open() throws Exception {
        fixture = new StoreFixture(directory);
        store = fixture.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private VerifiedChunks verify(List<Integer> indexes, List<Integer> sizes) {
        return store.verify(version(1), indexes, sizes).join();
    }

    private Path fileOf(int index) throws Exception {
        return fixture.chunkFiles().stream()
                .filter(file -> file.endsWith(chunk(1, index).toString()))
                .findFirst()
                .orElseThrow();
    }

    private static void flip(Path file, int at) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 8;
        Files.write(file, bytes);
    }

    @Test
    void flipped_cut_and_missing_chunk_files_are_told_apart_from_intact_ones() throws Exception {
        for (int index = 0; index < 8; index++) {
            store(store, chunk(1, index), bytes(LARGE, index)).join();
        }
        flip(fileOf(1), 70_000);
        flip(fileOf(2), LARGE + 5);
        Files.delete(fileOf(3));
        Files.write(fileOf(4), Arrays.copyOf(Files.readAllBytes(fileOf(4)), LARGE - 1));
        Files.write(fileOf(5), new byte[0]);

        VerifiedChunks found = verify(
                List.of(0, 1, 2, 3, 4, 5, 6, 7), List.of(LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE - 1, LARGE));

        assertThat(found.missing()).containsExactly(3);
        assertThat(found.corrupt()).containsExactly(1, 2, 4, 5, 6);
        assertThat(found.bytes()).isEqualTo(2L * LARGE);
    }

    @Test
    void small_chunks_are_verified_among_the_rows() throws Exception {
        for (int index = 0; index < 4; index++) {
            store(store, chunk(1, index), bytes(SMALL, index)).join();
        }
        store.close();
        try (var rows = BrickRows.open(new LocalDisk(), directory)) {
            byte[] key = RowKeys.chunk(chunk(1, 1));
            byte[] value = Objects.requireNonNull(rows.get(key));
            value[500] ^= 1;
            rows.write(new KvBatch().put(key, value).delete(RowKeys.chunk(chunk(1, 2))));
        }
        store = fixture.open();

        VerifiedChunks found = verify(List.of(0, 1, 2, 3), List.of(SMALL, SMALL, SMALL, SMALL + 1));
        assertThat(found.missing()).containsExactly(2);
        assertThat(found.corrupt()).containsExactly(1, 3);
        assertThat(found.bytes()).isEqualTo(SMALL);
    }

    @Test
    void as_many_chunks_as_are_allowed_are_verified_at_once_and_no_more() {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < ChunkStore.VERIFIED_CHUNKS_MAX; i++) {
            indexes.add(i);
        }
        List<Integer> sizes = Collections.nCopies(indexes.size(), SMALL);
        assertThat(verify(indexes, sizes).missing()).isEqualTo(indexes);
        assertThat(verify(List.of(), List.of())).isEqualTo(new VerifiedChunks(List.of(), List.of(), 0));

        indexes.add(99);
        assertThat(refusal(store.verify(version(1), indexes, Collections.nCopies(indexes.size(), SMALL))))
                .isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(refusal(store.verify(version(1), List.of(1, 2), List.of(SMALL))))
                .isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(refusal(store.verify(version(1), List.of(-1), List.of(SMALL))))
                .isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(refusal(store.verify(version(1), List.of(1), List.of(0)))).isEqualTo(RefusalCode.BAD_REQUEST);
    }

    /** All versions, page by page, with what {@code between} does after each page. */
    private List<FileVersion> listAll(int limit, Runnable between) {
        List<FileVersion> all = new ArrayList<>();
        String cursor = VersionCursor.NONE;
        do {
            VersionPage page = store.versions(VOLUME, cursor, limit).join();
            assertThat(page.versions()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.versions());
            cursor = page.next();
            between.run();
        } while (!cursor.equals(VersionCursor.NONE));
        return all;
    }

    private void reopen() {
        store.close();
        try {
            store = fixture.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void versions_in_all_directories_and_rows_are_listed_page_by_page_also_over_a_restart() throws Exception {
        Set<FileVersion> stored = new HashSet<>();
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int inode = 1; inode <= 60; inode++) {
            for (int generation = 1; generation <= 2; generation++) {
                FileVersion version = new FileVersion(VOLUME, inode, generation);
                stored.add(version);
                for (int index = 0; index < 3; index++) {
                    int size = inode % 2 == 0 ? 40_000 : SMALL;
                    done.add(store(store, new ChunkId(version, index, 0), bytes(size, inode)));
                }
            }
        }
        done.forEach(CompletableFuture::join);
        store(store, new ChunkId(new FileVersion(new VolumeId(2), 1, 1), 0, 0), bytes(SMALL, 1))
                .join();
        store(store, new ChunkId(new FileVersion(new VolumeId(2), 2, 1), 0, 0), bytes(LARGE, 1))
                .join();
        Files.writeString(fixture.chunkFiles().get(0).resolveSibling("README"), "not a chunk");

        for (int limit : new int[] {1, 7, 120, 4096}) {
            Runnable between = limit == 7 ? this::reopen : () -> {};
            assertThat(listAll(limit, between)).as("pages of %d", limit).containsExactlyInAnyOrderElementsOf(stored);
        }
    }

    @Test
    void what_is_there_all_the_time_is_listed_whatever_comes_and_goes_meanwhile() {
        for (int inode = 1; inode <= 40; inode++) {
            store(store, chunk(inode, 0), bytes(inode % 2 == 0 ? 40_000 : SMALL, inode))
                    .join();
        }
        int[] step = {0};
        List<FileVersion> listed = listAll(3, () -> {
            int inode = 31 + step[0]++ % 10; // goes and comes again under the walk
            store.drop(List.of(new Drop(version(inode), step[0] + 1, 0, 1, List.of())))
                    .join();
            store(store, chunk(1000 + step[0], 0), bytes(SMALL, 1)).join();
        });
        for (int inode = 1; inode <= 30; inode++) {
            assertThat(listed).contains(version(inode));
        }
    }

    @Test
    void a_version_with_files_and_a_row_is_listed() {
        store(store, chunk(1, 0), bytes(LARGE, 1)).join();
        store(store, chunk(1, 1), bytes(SMALL, 1)).join();
        assertThat(new HashSet<>(listAll(10, () -> {}))).containsExactly(version(1));
    }

    @Test
    void an_empty_brick_has_one_empty_page() {
        assertThat(store.versions(VOLUME, VersionCursor.NONE, 10).join())
                .isEqualTo(new VersionPage(List.of(), VersionCursor.NONE));
    }

    @Test
    void cursors_and_limits_that_make_no_sense_are_refused() {
        for (String cursor : List.of("x", "10000", "-1", "rows/1", "88/1-2", "88/", "/1-2-3")) {
            assertThat(refusal(store.versions(VOLUME, cursor, 10))).as(cursor).isEqualTo(RefusalCode.BAD_REQUEST);
        }
        assertThat(refusal(store.versions(VOLUME, "", 0))).isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(refusal(store.versions(VOLUME, "", ChunkStore.LISTED_VERSIONS_MAX + 1)))
                .isEqualTo(RefusalCode.BAD_REQUEST);
    }
}
