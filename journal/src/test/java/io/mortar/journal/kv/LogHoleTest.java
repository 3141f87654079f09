package io.mortar.journal.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.space.DiskSpace;
import io.mortar.testkit.DirectoryCopy;
import io.mortar.testkit.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void a_batch_that_is_missing_between_others_is_refused(KvEngine engine) throws IOException {
        Path live = directory.resolve("live");
        try (KvStore store = KvStores.open(live, options(engine))) {
            for (int i = 0; i < 10; i++) {
                store.write(new KvBatch().put(key(i), new byte[50]).put(key(100 + i), new byte[50]));
            }
        }
        WalFile log = WalFile.newestOf(live);
        assertThat(log.records()).isEqualTo(10);
        for (int lost = 0; lost < 9; lost++) {
            byte[] bytes = log.bytes();
            int from = log.ends().get(lost);
            int to = log.ends().get(lost + 1);
            byte[] holed = new byte[bytes.length - (to - from)];
            System.arraycopy(bytes, 0, holed, 0, from);
            System.arraycopy(bytes, to, holed, from, bytes.length - to);
            Files.write(log.file(), holed);
            assertThatThrownBy(() -> KvStores.open(live, options(engine)))
                    .as("batch %d", lost)
                    .isInstanceOf(KvFailedException.class)
                    .hasMessageContaining("are missing before");
        }
    }

    /** Nobody can tell a loss at the very end from a write that never was: what was synced is there, or the disk lies. */
    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void the_end_of_an_older_log_that_is_missing_is_refused(KvEngine engine) {
        Path live = directory.resolve("live");
        try (KvStore store = KvStores.open(live, options(engine))) {
            store.write(new KvBatch().put(key(1), new byte[50]));
            store.write(new KvBatch().put(key(2), new byte[50]));
        }
        // A second log as the engine would write it next, beside the first one, which is not in a table yet.
        Path whole = DirectoryCopy.of(live, directory.resolve("whole"));
        WalFile.newestOf(whole).cutBeforeNewer(1, 1);
        try (KvStore store = KvStores.open(whole, options(engine))) {
            assertThat(store.get(key(1))).isNotNull();
            assertThat(store.get(key(2))).isNotNull();
        }
        Path holed = DirectoryCopy.of(live, directory.resolve("holed"));
        WalFile.newestOf(holed).cutBeforeNewer(1, 0);
        assertThatThrownBy(() -> KvStores.open(holed, options(engine)))
                .isInstanceOf(KvFailedException.class)
                .hasMessageContaining("changes 1 to 1 are missing before 999999.log");
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
