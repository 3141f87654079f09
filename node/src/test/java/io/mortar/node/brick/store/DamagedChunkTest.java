package io.mortar.node.brick.store;

import static io.mortar.node.brick.store.StoreFixture.bytes;
import static io.mortar.node.brick.store.StoreFixture.chunk;
import static io.mortar.node.brick.store.StoreFixture.read;
import static io.mortar.node.brick.store.StoreFixture.refusal;
import static io.mortar.node.brick.store.StoreFixture.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvStore;
import io.mortar.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedChunkTest {
    private static final int BLOCK = 64 * 1024;

    @TempDir
    Path directory;

    private StoreFixture fixture;

    @BeforeEach
    void prepare() throws Exception {
        fixture = new StoreFixture(directory);
    }

    @Test
    void a_flipped_bit_anywhere_in_a_chunk_file_is_detected() throws Exception {
        byte[] data = bytes(2 * BLOCK + 100, 1);
        try (ChunkStore store = fixture.open()) {
            store(store, chunk(1, 0), data).join();
            Path file = fixture.chunkFiles().get(0);
            byte[] intact = Files.readAllBytes(file);
            RandomGenerator random = Seeds.random(7);
            for (int at = 0; at < intact.length; at += at < data.length ? 1 + random.nextInt(2000) : 1) {
                byte[] damaged = intact.clone();
                damaged[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, damaged);

                assertThat(refusal(store.read(chunk(1, 0), 0, data.length)))
                        .as("byte %d", at)
                        .isEqualTo(RefusalCode.CHUNK_CORRUPT);
            }
        }
    }

    @Test
    void a_range_read_needs_only_the_blocks_it_touches() throws Exception {
        byte[] data = bytes(3 * BLOCK, 1);
        try (ChunkStore store = fixture.open()) {
            store(store, chunk(1, 0), data).join();
            Path file = fixture.chunkFiles().get(0);
            byte[] damaged = Files.readAllBytes(file);
            damaged[BLOCK + 5] ^= 1;
            Files.write(file, damaged);

            assertThat(read(store, chunk(1, 0), 0, BLOCK)).hasSize(BLOCK);
            assertThat(read(store, chunk(1, 0), 2 * BLOCK, BLOCK)).hasSize(BLOCK);
            assertThat(refusal(store.read(chunk(1, 0), 2 * BLOCK - 1, 1))).isEqualTo(RefusalCode.CHUNK_CORRUPT);
            assertThatThrownBy(() -> store.read(chunk(1, 0), BLOCK, 1).join())
                    .hasMessageContaining("bt1:/brick")
                    .hasMessageContaining(chunk(1, 0).toString())
                    .hasMessageContaining("block 1");
        }
    }

    @Test
    void a_file_that_was_cut_short_or_grew_is_detected() throws Exception {
        byte[] data = bytes(2 * BLOCK, 1);
        try (ChunkStore store = fixture.open()) {
            store(store, chunk(1, 0), data).join();
            Path file = fixture.chunkFiles().get(0);
            byte[] intact = Files.readAllBytes(file);
            for (int length : new int[] {0, 1, 48, 52, 53, BLOCK, intact.length - 1, intact.length + 1, 3 << 20}) {
                Files.write(file, Arrays.copyOf(intact, length));

                assertThat(refusal(store.read(chunk(1, 0), 0, 10)))
                        .as("length %d", length)
                        .isEqualTo(RefusalCode.CHUNK_CORRUPT);
            }
        }
    }

    @Test
    void the_file_of_another_chunk_is_not_taken_for_this_one() throws Exception {
        try (ChunkStore store = fixture.open()) {
            store(store, chunk(1, 0), bytes(BLOCK, 1)).join();
            Path file = fixture.chunkFiles().get(0);
            Files.move(file, file.resolveSibling(chunk(1, 1).toString()));

            assertThat(refusal(store.read(chunk(1, 1), 0, 10))).isEqualTo(RefusalCode.CHUNK_CORRUPT);
        }
    }

    @Test
    void a_chunk_whose_trailer_is_intact_and_whose_data_is_not_is_replaced_as_well() throws Exception {
        byte[] data = bytes(2 * BLOCK, 1);
        try (ChunkStore store = fixture.open()) {
            store(store, chunk(1, 0), data).join();
            byte[] damaged = Files.readAllBytes(fixture.chunkFiles().get(0));
            damaged[BLOCK + 5] ^= 1;
            Files.write(fixture.chunkFiles().get(0), damaged);

            store(store, chunk(1, 0), data).join();

            assertThat(read(store, chunk(1, 0), 0, 2 * BLOCK)).isEqualTo(data);
        }
    }

    @Test
    void a_damaged_chunk_is_replaced_when_it_is_stored_again() throws Exception {
        byte[] data = bytes(BLOCK, 1);
        try (ChunkStore store = fixture.open()) {
            store.counted().join();
            store(store, chunk(1, 0), data).join();
            long used = store.capacity().join().usedBytes();
            Files.write(fixture.chunkFiles().get(0), new byte[BLOCK + 52]);
            store(store, chunk(1, 0), data).join();

            assertThat(read(store, chunk(1, 0), 0, BLOCK)).isEqualTo(data);
            assertThat(store.capacity().join().usedBytes()).isEqualTo(used);
        }
    }

    @Test
    void a_flipped_bit_anywhere_in_a_small_chunk_is_detected() throws Exception {
        byte[] data = bytes(500, 1);
        try (ChunkStore store = fixture.open()) {
            store(store, chunk(1, 0), data).join();
        }
        byte[] key = RowKeys.chunk(chunk(1, 0));
        for (int at = 0; at < 500 + 52; at++) {
            flip(key, at);
            try (ChunkStore store = fixture.open()) {
                assertThat(refusal(store.read(chunk(1, 0), 0, 500)))
                        .as("byte %d", at)
                        .isEqualTo(RefusalCode.CHUNK_CORRUPT);
            }
            flip(key, at);
            at += at < 500 ? 100 : 6;
        }
    }

    private void flip(byte[] key, int at) throws Exception {
        try (KvStore rows = BrickRows.open(new LocalDisk(), directory)) {
            byte[] value = Objects.requireNonNull(rows.get(key));
            value[at] ^= 1;
            rows.write(new KvBatch().put(key, value));
        }
    }
}
