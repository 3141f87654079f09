package io.mortar.journal.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.space.DiskSpace;
import io.mortar.testkit.DirectoryCopy;
import io.mortar.testkit.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stores whose process or machine died: a copy of the directory, taken while the store is open, is what a crash leaves. */
class CrashTest {
    private static final byte[] FIRST = new byte[0];
    private static final byte[] END = {(byte) 0xff};

    @TempDir
    Path directory;

    private int copies;

    private static KvOptions options(KvEngine engine) {
        return KvOptions.of(DiskSpace.UNLIMITED).withEngine(engine).withMemory(64 * 1024, 0);
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static byte[] value(int number) {
        byte[] value = new byte[200 + number % 300];
        Seeds.random(number).nextBytes(value);
        return value;
    }

    private Path copyOf(Path store) {
        return DirectoryCopy.of(store, directory.resolve("copy" + copies++));
    }

    private static Path newestLog(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            return files.filter(f -> f.toString().endsWith(".log"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    private static byte[] withoutPreallocation(Path log) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    private static List<Integer> numbers(KvStore store) {
        List<Integer> found = new ArrayList<>();
        try (KvCursor cursor = store.scan(FIRST, END)) {
            while (cursor.next()) {
                int number = ByteBuffer.wrap(cursor.key()).getInt();
                assertThat(cursor.value()).isEqualTo(value(number));
                found.add(number);
            }
        }
        return found;
    }

    private static List<Integer> upTo(int count) {
        return Stream.iterate(0, i -> i + 1).limit(count).toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void every_acknowledged_write_is_in_what_a_crash_leaves(KvEngine engine) {
        Path live = directory.resolve("live");
        try (KvStore store = KvStores.open(live, options(engine))) {
            for (int i = 0; i < 600; i++) {
                store.write(new KvBatch().put(key(i), value(i)));
                if (i % 60 == 59) {
                    try (KvStore crashed = KvStores.open(copyOf(live), options(engine))) {
                        assertThat(numbers(crashed)).isEqualTo(upTo(i + 1));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void a_torn_tail_costs_only_the_write_it_tore(KvEngine engine) throws IOException {
        Path live = directory.resolve("live");
        try (KvStore store = KvStores.open(live, options(engine))) {
            for (int i = 0; i < 30; i++) {
                store.write(new KvBatch().put(key(i), value(i)));
            }
            byte[] log = withoutPreallocation(newestLog(copyOf(live)));
            int last = value(29).length;
            for (int cut = 1; cut < last; cut += 23) {
                Path torn = copyOf(live);
                Files.write(newestLog(torn), Arrays.copyOf(log, log.length - cut));
                try (KvStore crashed = KvStores.open(torn, options(engine))) {
                    assertThat(numbers(crashed)).as("%d bytes cut", cut).isEqualTo(upTo(29));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void a_rotten_byte_in_the_log_is_refused_and_never_dropped(KvEngine engine) throws IOException {
        Path live = directory.resolve("live");
        try (KvStore store = KvStores.open(live, options(engine))) {
            for (int i = 0; i < 30; i++) {
                store.write(new KvBatch().put(key(i), value(i)));
            }
            byte[] log = withoutPreallocation(newestLog(copyOf(live)));
            for (int at = 3; at < log.length - 600; at += 997) {
                Path rotten = copyOf(live);
                byte[] bytes = log.clone();
                bytes[at] ^= 0x40;
                Files.write(newestLog(rotten), bytes);
                assertThatThrownBy(() -> KvStores.open(rotten, options(engine)))
                        .as("byte %d", at)
                        .isInstanceOf(KvFailedException.class)
                        .hasMessageContaining(rotten.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void a_rotten_byte_in_a_table_is_an_error_and_never_a_wrong_or_missing_row(KvEngine engine) throws IOException {
        Path live = directory.resolve("live");
        try (KvStore store = KvStores.open(live, options(engine))) {
            for (int i = 0; i < 600; i++) {
                store.write(new KvBatch().put(key(i), value(i)));
            }
        }
        // In all of them: one that a merge has replaced may still lie there, and nobody reads it.
        for (Path table : tables(live)) {
            byte[] bytes = Files.readAllBytes(table);
            bytes[bytes.length / 3] ^= 0x01;
            Files.write(table, bytes);
        }
        assertThatThrownBy(() -> {
                    try (KvStore store = KvStores.open(live, options(engine))) {
                        numbers(store);
                    }
                })
                .isInstanceOf(KvFailedException.class);
    }

    private static List<Path> tables(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            return files.filter(f -> f.toString().matches(".*\\.(sst|ldb)")).toList();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void a_torn_manifest_is_cut(KvEngine engine) throws IOException {
        Path live = directory.resolve("live");
        try (KvStore store = KvStores.open(live, options(engine))) {
            for (int i = 0; i < 30; i++) {
                store.write(new KvBatch().put(key(i), value(i)));
            }
            Path torn = copyOf(live);
            String name = Files.readString(torn.resolve("CURRENT"), StandardCharsets.US_ASCII)
                    .strip();
            byte[] manifest = Files.readAllBytes(torn.resolve(name));
            int end = recordsEnd(manifest);
            byte[] longer = Arrays.copyOf(manifest, end + 9);
            System.arraycopy(new byte[] {1, 2, 3, 4, 90, 0, 1, 5, 6}, 0, longer, end, 9);
            Files.write(torn.resolve(name), longer);
            try (KvStore crashed = KvStores.open(torn, options(engine))) {
                assertThat(numbers(crashed)).isEqualTo(upTo(30));
            }
        }
    }

    /** Of a log within one block. */
    private static int recordsEnd(byte[] log) {
        int at = 0;
        while (at + 7 <= log.length && log[at + 6] != 0) {
            at += 7 + (log[at + 4] & 0xff) + ((log[at + 5] & 0xff) << 8);
        }
        return at;
    }
}
