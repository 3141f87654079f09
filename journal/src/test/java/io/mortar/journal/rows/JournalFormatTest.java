package io.mortar.journal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import akka.persistence.SnapshotMetadata;
import io.mortar.journal.contract.JournalSystem;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvStore;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.space.DiskSpace;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of format version 1, byte by byte, as {@code docs/formats/local-journal.md} shows them. */
class JournalFormatTest {
    private static final String EVENT_KEY = "45" + "0001" + "70" + "0000000000000002";
    private static final String EVENT = "01" + "0000000000000001" + "00000000000004d2" + "000177" + "0000" + "00000014"
            + "0000" + "00000002" + "6869" + "00" + "20a1e7ff";
    private static final String HIGHEST_KEY = "48" + "0001" + "70";
    private static final String SNAPSHOT_KEY = "53" + "0001" + "70" + "0000000000000002";
    private static final String SNAPSHOT =
            "01" + "00000000000004d2" + "00000014" + "0000" + "00000002" + "6869" + "00" + "b1d5d71d";
    private static final Payload HI = new Payload(20, "", "hi".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path directory;

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void keys_are_as_documented() {
        assertThat(hex(JournalKeys.event("p", 2))).isEqualTo(EVENT_KEY);
        assertThat(hex(JournalKeys.highest("p"))).isEqualTo(HIGHEST_KEY);
        assertThat(hex(JournalKeys.deleted("p"))).isEqualTo("44" + "0001" + "70");
        assertThat(hex(JournalKeys.snapshot("p", 2))).isEqualTo(SNAPSHOT_KEY);
    }

    @Test
    void an_event_is_as_documented_and_is_read_again() {
        EventRow row = new EventRow("w", 1234, "", HI, Optional.empty());
        assertThat(hex(row.toValue(JournalKeys.event("p", 2), 1))).isEqualTo(EVENT);
        try (JournalSystem journal = JournalSystem.local(directory)) {
            EventLog.Stored stored = EventRow.read(
                    "p",
                    HexFormat.of().parseHex(EVENT_KEY),
                    HexFormat.of().parseHex(EVENT),
                    new Payloads(journal.system, 1000));
            assertThat(stored.previous()).isEqualTo(1);
            assertThat(stored.event().sequenceNr()).isEqualTo(2);
            assertThat(stored.event().payload()).isEqualTo("hi");
            assertThat(stored.event().writerUuid()).isEqualTo("w");
            assertThat(stored.event().timestamp()).isEqualTo(1234);
        }
    }

    @Test
    void a_number_is_as_documented() {
        byte[] key = JournalKeys.highest("p");
        assertThat(hex(new RowWriter(8).number(2).seal(key))).isEqualTo("01" + "0000000000000002" + "1f338d08");
    }

    @Test
    void the_highest_number_of_an_actor_with_images_has_a_flag() {
        try (KvStore store = KvStores.open(directory.resolve("rows"), KvOptions.of(DiskSpace.UNLIMITED))) {
            RowChanges rows = RowChanges.on(store);
            new Highest(2, false).putInto("p", rows);
            assertThat(hex(java.util.Objects.requireNonNull(rows.get(JournalKeys.highest("p")))))
                    .isEqualTo("01" + "0000000000000002" + "1f338d08");
            assertThat(Highest.of("p", rows)).isEqualTo(new Highest(2, false));
            new Highest(2, true).putInto("p", rows);
            assertThat(hex(java.util.Objects.requireNonNull(rows.get(JournalKeys.highest("p")))))
                    .isEqualTo("01" + "0000000000000002" + "01" + "2ad0bb10");
            assertThat(Highest.of("p", rows)).isEqualTo(new Highest(2, true));
        }
    }

    @Test
    void a_snapshot_is_as_documented() throws NotSerializableException {
        try (JournalSystem journal = JournalSystem.local(directory.resolve("journal"));
                KvStore store = KvStores.open(directory.resolve("rows"), KvOptions.of(DiskSpace.UNLIMITED))) {
            SnapshotRow row =
                    SnapshotRow.of(new SnapshotMetadata("p", 2, 1234), "hi", new Payloads(journal.system, 1000));
            RowChanges rows = RowChanges.on(store);
            row.putInto(rows);
            byte[] value =
                    java.util.Objects.requireNonNull(rows.get(HexFormat.of().parseHex(SNAPSHOT_KEY)));
            assertThat(hex(value)).isEqualTo(SNAPSHOT);
        }
    }
}
