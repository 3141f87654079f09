package io.mortar.journal.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.space.SpaceLimits;
import io.mortar.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine of {@link KvStore} must do. */
abstract class KvStoreContract {
    @TempDir
    Path directory;

    private KvStore store;

    abstract KvEngine engine();

    @BeforeEach
    void open() {
        store = KvStores.open(directory.resolve("store"), options());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private KvOptions options() {
        return KvOptions.of(DiskSpace.UNLIMITED).withEngine(engine());
    }

    private void reopen() {
        store.close();
        open();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void put(String key, String value) {
        store.write(new KvBatch().put(bytes(key), bytes(value)));
    }

    private static List<String> rows(KvView view, String from, String to) {
        List<String> found = new ArrayList<>();
        try (KvCursor cursor = view.scan(bytes(from), bytes(to))) {
            while (cursor.next()) {
                found.add(new String(cursor.key(), StandardCharsets.UTF_8) + "="
                        + new String(cursor.value(), StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    @Test
    void what_was_written_is_there_after_reopening() {
        put("a", "1");
        reopen();
        assertThat(store.get(bytes("a"))).isEqualTo(bytes("1"));
        assertThat(store.get(bytes("b"))).isNull();
    }

    @Test
    void later_rows_of_a_batch_win_over_earlier_ones() {
        store.write(new KvBatch()
                .put(bytes("a"), bytes("1"))
                .delete(bytes("a"))
                .put(bytes("b"), bytes("1"))
                .put(bytes("b"), bytes("2")));
        assertThat(rows(store, "a", "z")).containsExactly("b=2");
    }

    @Test
    void a_batch_without_rows_is_nothing() {
        store.write(new KvBatch());
        assertThat(rows(store, "", "z")).isEmpty();
    }

    @Test
    void empty_keys_and_values_are_kept() {
        store.write(new KvBatch().put(bytes("e"), new byte[0]));
        assertThat(store.get(bytes("e"))).isEmpty();
        reopen();
        assertThat(store.get(bytes("e"))).isEmpty();
    }

    @Test
    void a_scan_takes_the_lower_bound_and_leaves_the_upper() {
        for (String key : List.of("a", "b", "c", "d")) {
            put(key, key);
        }
        assertThat(rows(store, "b", "d")).containsExactly("b=b", "c=c");
        assertThat(rows(store, "d", "b")).isEmpty();
        assertThat(rows(store, "bb", "bc")).isEmpty();
    }

    @Test
    void keys_are_ordered_as_unsigned_bytes() {
        byte[] low = {0x01};
        byte[] high = {(byte) 0xff};
        byte[] longer = {0x01, 0x00};
        store.write(new KvBatch().put(high, high).put(longer, longer).put(low, low));
        List<byte[]> keys = new ArrayList<>();
        try (KvCursor cursor = store.scan(new byte[0], new byte[] {(byte) 0xff, 0})) {
            while (cursor.next()) {
                keys.add(cursor.key());
            }
        }
        assertThat(keys).containsExactly(low, longer, high);
    }

    @Test
    void a_cursor_at_its_end_stays_there() {
        put("a", "1");
        try (KvCursor cursor = store.scan(bytes("a"), bytes("b"))) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.next()).isFalse();
            assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void a_cursor_sees_the_state_it_was_opened_in() {
        put("a", "1");
        try (KvCursor cursor = store.scan(bytes("a"), bytes("z"))) {
            put("a", "2");
            put("b", "2");
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.value()).isEqualTo(bytes("1"));
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void a_snapshot_sees_one_state_until_it_is_closed() {
        put("a", "1");
        KvSnapshot snapshot = store.snapshot();
        put("a", "2");
        put("b", "2");
        assertThat(snapshot.get(bytes("a"))).isEqualTo(bytes("1"));
        assertThat(snapshot.get(bytes("b"))).isNull();
        assertThat(rows(snapshot, "a", "z")).containsExactly("a=1");
        snapshot.close();
        assertThatThrownBy(() -> snapshot.get(bytes("a"))).isInstanceOf(IllegalStateException.class);
        assertThat(rows(store, "a", "z")).containsExactly("a=2", "b=2");
    }

    @Test
    void closing_the_store_closes_what_readers_left_open() {
        put("a", "1");
        KvSnapshot snapshot = store.snapshot();
        KvCursor cursor = store.scan(bytes("a"), bytes("z"));
        store.close();
        assertThatThrownBy(cursor::next).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> snapshot.get(bytes("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.get(bytes("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> put("a", "2")).isInstanceOf(IllegalStateException.class);
        cursor.close();
        snapshot.close();
        store.close();
    }

    @Test
    void a_directory_is_open_in_one_store_only() {
        assertThatThrownBy(() -> KvStores.open(directory.resolve("store"), options()))
                .isInstanceOf(KvFailedException.class)
                .hasMessageContaining("has it open already")
                .hasMessageContaining(directory.toString());
    }

    @Test
    void the_engine_that_made_a_store_is_kept_and_a_refused_open_leaves_no_lock() {
        KvEngine other = engine() == KvEngine.JNI ? KvEngine.JAVA : KvEngine.JNI;
        store.close();
        assertThatThrownBy(() ->
                        KvStores.open(directory.resolve("store"), options().withEngine(other)))
                .isInstanceOf(KvFailedException.class)
                .hasMessageContaining("was made by engine " + engine());
        store = KvStores.open(directory.resolve("store"), options().withEngine(KvEngine.AUTO));
    }

    @Test
    void without_room_a_write_is_refused_and_the_store_goes_on() throws IOException {
        store.close();
        AtomicLong usable = new AtomicLong(1 << 20);
        DiskSpace space = DiskSpace.open(directory, new SpaceLimits(0, 1000, 1000), usable::get);
        store = KvStores.open(directory.resolve("store"), KvOptions.of(space).withEngine(engine()));
        put("a", "1");
        usable.set(999);
        assertThatThrownBy(() -> put("a", "2"))
                .isInstanceOf(KvNoSpaceException.class)
                .hasMessageContaining("999 bytes usable");
        assertThat(store.get(bytes("a"))).isEqualTo(bytes("1"));
        usable.set(1000);
        put("a", "3");
        assertThat(store.get(bytes("a"))).isEqualTo(bytes("3"));
    }

    @Test
    void rows_survive_merges_and_reopening_as_a_map_would_have_them() {
        store.close();
        KvOptions small = options().withMemory(64 * 1024, 64 * 1024);
        RandomGenerator random = Seeds.random(7);
        TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        for (int round = 0; round < 3; round++) {
            store = KvStores.open(directory.resolve("store"), small);
            for (int i = 0; i < 40; i++) {
                KvBatch batch = new KvBatch();
                for (int row = 0; row < 25; row++) {
                    byte[] key = bytes("k" + random.nextInt(2_000));
                    if (random.nextInt(4) == 0) {
                        batch.delete(key);
                        model.remove(key);
                    } else {
                        byte[] value = new byte[random.nextInt(300)];
                        random.nextBytes(value);
                        batch.put(key, value);
                        model.put(key, value);
                    }
                }
                store.write(batch);
            }
            assertHolds(model);
            store.close();
        }
        open();
        assertHolds(model);
    }

    private void assertHolds(SortedMap<byte[], byte[]> model) {
        try (KvCursor cursor = store.scan(new byte[0], bytes("z"))) {
            model.forEach((key, value) -> {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.key()).isEqualTo(key);
                assertThat(cursor.value()).isEqualTo(value);
            });
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void writers_on_several_threads_all_get_through() {
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            String prefix = "w" + writer + "-";
            writers.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 50; i++) {
                    put(prefix + i, "v");
                }
            }));
        }
        writers.forEach(CompletableFuture::join);
        assertThat(rows(store, "w", "x")).hasSize(200);
    }
}
