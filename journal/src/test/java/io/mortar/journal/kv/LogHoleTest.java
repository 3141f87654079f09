package io.mortar.journal.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.space.DiskSpace;
import io.mortar.testkit.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches that are lost between others that are not. */
class LogHoleTest {
    @TempDir
    Path directory;

    private static KvOptions options(KvEngine engine) {
        return KvOptions.of(DiskSpace.UNLIMITED).withEngine(engine).withMemory(64 * 1024, 0);
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static Path newestLog(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            return files.filter(f -> f.toString().endsWith(".log"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    /** Where each record of a log within one block ends. */
    private static List<Integer> ends(byte[] log) {
        List<Integer> ends = new ArrayList<>(List.of(0));
        int at = 0;
        while (at + 7 <= log.length && log[at + 6] != 0) {
            at += 7 + (log[at + 4] & 0xff) + ((log[at + 5] & 0xff) << 8);
            ends.add(at);
        }
        return ends;
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void a_batch_that_is_missing_between_others_is_refused(KvEngine engine) throws IOException {
        Path live = directory.resolve("live");
        try (KvStore store = KvStores.open(live, options(engine))) {
            for (int i = 0; i < 10; i++) {
                store.write(new KvBatch().put(key(i), new byte[50]).put(key(100 + i), new byte[50]));
            }
        }
        Path file = newestLog(live);
        byte[] log = Files.readAllBytes(file);
        List<Integer> ends = ends(log);
        assertThat(ends).hasSize(11);
        for (int lost = 0; lost < 9; lost++) {
            int from = ends.get(lost);
            int to = ends.get(lost + 1);
            byte[] holed = new byte[log.length - (to - from)];
            System.arraycopy(log, 0, holed, 0, from);
            System.arraycopy(log, to, holed, from, log.length - to);
            Files.write(file, holed);
            assertThatThrownBy(() -> KvStores.open(live, options(engine)))
                    .as("batch %d", lost)
                    .isInstanceOf(KvFailedException.class)
                    .hasMessageContaining("are missing before");
        }
    }

    /** Nobody can tell a loss at the very end from a write that never was: what was synced is there, or the disk lies. */
    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void the_end_of_an_older_log_that_is_missing_is_refused(KvEngine engine) throws IOException {
        Path live = directory.resolve("live");
        Path older;
        byte[] log;
        try (KvStore store = KvStores.open(live, options(engine))) {
            store.write(new KvBatch().put(key(1), new byte[50]));
            store.write(new KvBatch().put(key(2), new byte[50]));
            older = newestLog(live);
            log = Files.readAllBytes(older);
        }
        // A second log as the engine would write it next, beside the first one, which is not in a table yet.
        List<Integer> ends = ends(log);
        byte[] first = Arrays.copyOf(log, ends.get(1));
        byte[] second = Arrays.copyOfRange(log, ends.get(1), ends.get(2));
        Path newer = live.resolve("999999.log");
        Files.write(older, first);
        Files.write(newer, second);
        try (KvStore store = KvStores.open(copyOf(live, "whole"), options(engine))) {
            assertThat(store.get(key(1))).isNotNull();
            assertThat(store.get(key(2))).isNotNull();
        }
        Files.write(older, new byte[0]);
        assertThatThrownBy(() -> KvStores.open(copyOf(live, "holed"), options(engine)))
                .isInstanceOf(KvFailedException.class)
                .hasMessageContaining("changes 1 to 1 are missing before 999999.log");
    }

    private Path copyOf(Path store, String name) throws IOException {
        Path copy = Files.createDirectory(directory.resolve(name));
        try (Stream<Path> files = Files.list(store)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void a_store_that_was_opened_often_and_wrote_through_several_logs_has_no_hole(KvEngine engine) {
        Path live = directory.resolve("live");
        int written = 0;
        for (int round = 0; round < 6; round++) {
            try (KvStore store = KvStores.open(live, options(engine))) {
                for (int i = 0; i < written; i++) {
                    assertThat(store.get(key(i))).as("row %d", i).isNotNull();
                }
                for (int i = 0; i < 30 * round * round; i++) {
                    byte[] value = new byte[900 + i];
                    Seeds.random(written).nextBytes(value);
                    store.write(new KvBatch().put(key(written), value).delete(key(1_000_000 + written)));
                    written++;
                }
            }
        }
        assertThat(written).isEqualTo(1650);
    }

    @Test
    void a_manifest_that_is_not_understood_is_refused() {
        LogSequence sequence = new LogSequence();
        assertThatThrownBy(() -> sequence.readManifest(ByteBuffer.wrap(new byte[] {8, 1})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unknown kind 8");
        assertThatThrownBy(() -> sequence.readManifest(ByteBuffer.wrap(new byte[] {2, (byte) 0x80})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ends early");
    }
}
