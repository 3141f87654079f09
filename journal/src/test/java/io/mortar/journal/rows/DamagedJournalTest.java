package io.mortar.journal.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.contract.JournalSystem;
import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvStore;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.space.DiskSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were changed or lost behind the journal's back: recovery fails and says what is wrong, it never goes on without them. */
class DamagedJournalTest {
    @TempDir
    Path directory;

    @BeforeEach
    void write() {
        try (JournalSystem journal = JournalSystem.local(directory)) {
            journal.write("p", 1, 5);
            journal.write("q", 1, 2);
        }
    }

    private void change(Consumer<KvStore> change) {
        try (KvStore store = KvStores.open(directory, KvOptions.of(DiskSpace.UNLIMITED))) {
            change.accept(store);
        }
    }

    private List<String> replay(String id) {
        try (JournalSystem journal = JournalSystem.local(directory)) {
            return journal.replayAll(id);
        }
    }

    @Test
    void a_flipped_byte_anywhere_in_an_event_fails_the_replay() {
        byte[] key = JournalKeys.event("p", 3);
        byte[][] good = new byte[1][];
        change(store -> good[0] = store.get(key));
        for (int at = 0; at < good[0].length; at += 29) {
            byte[] bad = good[0].clone();
            bad[at] ^= 0x20;
            change(store -> store.write(new KvBatch().put(key, bad)));
            assertThat(replay("p"))
                    .containsExactly(
                            "1:a-1",
                            "2:a-2",
                            "failed: event 3 of persistence id p in the journal is damaged,"
                                    + " its checksum does not match: restore the journal from a copy");
        }
        assertThat(replay("q")).containsExactly("1:a-1", "2:a-2", "highest=2");
    }

    @Test
    void an_event_under_another_ones_key_fails_the_replay() {
        change(store -> store.write(new KvBatch()
                .put(
                        JournalKeys.event("p", 3),
                        java.util.Objects.requireNonNull(store.get(JournalKeys.event("p", 2))))));
        assertThat(replay("p")).last().asString().startsWith("failed: event 3 of persistence id p");
    }

    @Test
    void a_missing_event_fails_the_replay_wherever_it_was() {
        for (long missing : new long[] {1, 3, 5}) {
            byte[] key = JournalKeys.event("p", missing);
            byte[][] good = new byte[1][];
            change(store -> good[0] = store.get(key));
            change(store -> store.write(new KvBatch().delete(key)));
            assertThat(replay("p"))
                    .last()
                    .isEqualTo("failed: events of persistence id p after " + (missing - 1) + " up to " + missing
                            + " are missing in the journal: restore it from a copy");
            change(store -> store.write(new KvBatch().put(key, good[0])));
        }
        assertThat(replay("p")).last().isEqualTo("highest=5");
    }

    @Test
    void a_row_of_a_newer_format_is_named_as_such() {
        byte[] key = JournalKeys.event("p", 1);
        byte[] newer = {2, 0, 0, 0, 0, 0};
        int crc = RowWriter.crc(key, newer, 2);
        java.nio.ByteBuffer.wrap(newer).putInt(2, crc);
        assertThatThrownBy(() -> new RowReader(key, newer, "event 1"))
                .isInstanceOf(DamagedJournalException.class)
                .hasMessageContaining("format version 2");
    }

    @Test
    void rows_are_as_documented() {
        StringBuilder tables = new StringBuilder();
        change(store -> {
            try (KvCursor cursor = store.scan(new byte[0], new byte[] {(byte) 0xff})) {
                while (cursor.next()) {
                    tables.append((char) cursor.key()[0]);
                }
            }
        });
        assertThat(tables).hasToString("EEEEEEEHH");
    }
}
