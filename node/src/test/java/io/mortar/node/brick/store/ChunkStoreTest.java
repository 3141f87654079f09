package io.mortar.node.brick.store;

import static io.mortar.node.brick.store.StoreFixture.bytes;
import static io.mortar.node.brick.store.StoreFixture.checksums;
import static io.mortar.node.brick.store.StoreFixture.chunk;
import static io.mortar.node.brick.store.StoreFixture.read;
import static io.mortar.node.brick.store.StoreFixture.refusal;
import static io.mortar.node.brick.store.StoreFixture.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.util.ByteString;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.journal.kv.KvStore;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkStoreTest {
    private static final int BLOCK = 64 * 1024;

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

    @ParameterizedTest
    @ValueSource(
            ints = {
                1,
                4095,
                4097,
                32767,
                32768,
                32769,
                BLOCK - 1,
                BLOCK,
                BLOCK + 1,
                2 * BLOCK,
                5 * BLOCK + 7,
                (1 << 20) - 1,
                1 << 20
            })
    void every_range_of_a_chunk_of_any_size_comes_back(int size) {
        byte[] data = bytes(size, size);
        store(store, chunk(size, 0), data).join();

        assertThat(read(store, chunk(size, 0), 0, size)).isEqualTo(data);
        int[] edges = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, size / 2, size - 1, size};
        for (int from : edges) {
            for (int to : edges) {
                if (from <= to && to <= size) {
                    assertThat(read(store, chunk(size, 0), from, to - from))
                            .as("%d to %d", from, to)
                            .isEqualTo(Arrays.copyOfRange(data, from, to));
                }
            }
        }
        assertThat(refusal(store.read(chunk(size, 0), 0, size + 1))).isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(refusal(store.read(chunk(size, 0), size, 1))).isEqualTo(RefusalCode.BAD_REQUEST);
    }

    @Test
    void chunks_below_32_KiB_are_rows_and_others_are_files_that_begin_with_their_data() throws Exception {
        byte[] large = bytes(32768, 2);
        store(store, chunk(1, 0), bytes(32767, 1)).join();
        assertThat(fixture.chunkFiles()).isEmpty();
        store(store, chunk(1, 1), large).join();

        List<Path> files = fixture.chunkFiles();
        assertThat(files).hasSize(1);
        assertThat(files.get(0).getFileName()).hasToString(chunk(1, 1).toString());
        assertThat(Arrays.copyOf(Files.readAllBytes(files.get(0)), large.length))
                .isEqualTo(large);
    }

    @Test
    void chunks_are_there_after_a_restart() throws Exception {
        byte[] small = bytes(5000, 1);
        byte[] large = bytes(200_000, 2);
        store(store, chunk(1, 0), small).join();
        store(store, chunk(1, 1), large).join();

        store.close();
        store = fixture.open();

        assertThat(read(store, chunk(1, 0), 0, small.length)).isEqualTo(small);
        assertThat(read(store, chunk(1, 1), 0, large.length)).isEqualTo(large);
    }

    @Test
    void a_chunk_that_was_never_stored_is_not_found() {
        assertThat(refusal(store.read(chunk(9, 0), 0, 1))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(refusal(store.read(chunk(9, 0), 0, 1 << 20))).isEqualTo(RefusalCode.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(ints = {5000, 200_000})
    void storing_the_same_chunk_again_succeeds_and_other_content_is_refused(int size) {
        byte[] data = bytes(size, 1);
        store(store, chunk(1, 0), data).join();
        long used = store.capacity().join().usedBytes();

        store(store, chunk(1, 0), data).join();
        RefusalCode other = refusal(store(store, chunk(1, 0), bytes(size, 2)));

        assertThat(other).isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(read(store, chunk(1, 0), 0, size)).isEqualTo(data);
        assertThat(store.capacity().join().usedBytes()).isEqualTo(used);
    }

    @ParameterizedTest
    @ValueSource(ints = {5000, 200_000})
    void the_same_chunk_sent_many_times_at_once_is_stored_once(int size) {
        byte[] data = bytes(size, 1);
        CompletableFuture<?>[] all = new CompletableFuture<?>[16];
        Arrays.setAll(all, i -> store(store, chunk(1, 0), data));
        CompletableFuture.allOf(all).join();

        long rounded = size < 32768 ? size + 48 + 4 + 29 : 200_704;
        assertThat(store.capacity().join().usedBytes()).isEqualTo(rounded);
    }

    @ParameterizedTest
    @ValueSource(ints = {5000, 200_000})
    void data_that_was_changed_on_its_way_is_refused_and_not_stored(int size) throws Exception {
        byte[] data = bytes(size, 1);
        List<Integer> checksums = checksums(data);
        data[size - 1] ^= 1;

        assertThat(refusal(store.store(chunk(1, 0), checksums, ByteString.fromArray(data))))
                .isEqualTo(RefusalCode.BAD_DIGEST);
        assertThat(refusal(store.read(chunk(1, 0), 0, 1))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(fixture.temporaryFiles()).isEmpty();
    }

    @Test
    void chunks_of_impossible_size_are_refused() {
        byte[] tooLong = new byte[(1 << 20) + 1];
        assertThat(refusal(store(store, chunk(1, 0), tooLong))).isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(refusal(store(store, chunk(1, 0), new byte[0]))).isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(refusal(store.store(chunk(1, 0), List.of(1, 2), ByteString.fromString("x"))))
                .isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(refusal(store.read(chunk(1, 0), -1, 1))).isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(refusal(store.read(chunk(1, 0), Integer.MAX_VALUE, Integer.MAX_VALUE)))
                .isEqualTo(RefusalCode.BAD_REQUEST);
    }

    @Test
    void data_in_several_pieces_is_stored_as_one() {
        byte[] data = bytes(100_000, 3);
        ByteString pieces = ByteString.fromArray(data, 0, 10)
                .concat(ByteString.fromArray(data, 10, 70_000))
                .concat(ByteString.fromArray(data, 70_010, 29_990));
        store.store(chunk(1, 0), checksums(data), pieces).join();

        assertThat(read(store, chunk(1, 0), 0, data.length)).isEqualTo(data);
    }

    @Test
    void an_error_is_a_failure_of_the_brick_and_not_a_request_that_never_ends() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        StoreFixture breaking = new StoreFixture(directory.resolve("breaking"));
        breaking.rows = rows -> (KvStore) Proxy.newProxyInstance(
                KvStore.class.getClassLoader(), new Class<?>[] {KvStore.class}, (proxy, method, arguments) -> {
                    if (broken.get() && !method.getName().equals("close")) {
                        throw new AssertionError("impossible");
                    }
                    return method.invoke(rows, arguments);
                });
        try (ChunkStore broke = breaking.open()) {
            broken.set(true);

            assertThatThrownBy(() -> broke.read(chunk(1, 0), 0, 1).get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(BrickFailedException.class)
                    .hasRootCauseMessage("impossible");
        }
    }
}
