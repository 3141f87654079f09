package io.mortar.journal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.SnapshotPoint;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The rows of format version 1, byte by byte, as {@code docs/formats/metadata-log.md} shows them. */
class LogFormatTest {
    private static final String MEMBERSHIP = "01" + "0002" + "01" + "0001" + "61" + "0008" + "686f73742d613a31" + "02"
            + "0001" + "62" + "0008" + "686f73742d623a32";

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void keys_are_as_documented() {
        assertThat(hex(LogRows.identityKey(7))).isEqualTo("0007" + "00");
        assertThat(hex(LogRows.hardStateKey(7))).isEqualTo("0007" + "01");
        assertThat(hex(LogRows.startKey(7))).isEqualTo("0007" + "02");
        assertThat(hex(LogRows.entryKey(7, 258))).isEqualTo("0007" + "03" + "0000000000000102");
        assertThat(LogRows.index(LogRows.entryKey(7, 258))).isEqualTo(258);
    }

    @Test
    void an_identity_is_as_documented_and_is_read_again() {
        String identity = "01" + "0000000000000001" + "0000000000000002" + "0007";
        assertThat(hex(LogFixture.IDENTITY.toValue())).isEqualTo(identity);
        LogFixture.IDENTITY.require(bytes(identity), "test");
    }

    @Test
    void a_hard_state_is_as_documented_and_is_read_again() {
        check(new HardState(5, LogFixture.B), "01" + "0000000000000005" + "0001" + "62");
        check(new HardState(6, null), "01" + "0000000000000006" + "0000");
    }

    private static void check(HardState state, String hex) {
        assertThat(hex(LogRows.hardState(state))).isEqualTo(hex);
        assertThat(LogRows.hardState(bytes(hex), "test")).isEqualTo(state);
    }

    @Test
    void a_start_is_as_documented_and_is_read_again() {
        SnapshotPoint start = new SnapshotPoint(258, 5, LogFixture.PAIR);
        String hex = "01" + "0000000000000102" + "0000000000000005" + MEMBERSHIP;
        assertThat(hex(StoredPoint.toBytes(start))).isEqualTo(hex);
        assertThat(StoredPoint.read(bytes(hex))).isEqualTo(start);
    }

    @Test
    void entries_are_as_documented_and_are_read_again() {
        String terms = "0000000000000005" + "0000000000000004";
        byte[] payload = "hi".getBytes(StandardCharsets.US_ASCII);
        check(new Entry(258, 5, Entry.Kind.EMPTY, new byte[0]), "01" + "00" + terms);
        check(new Entry(258, 5, Entry.Kind.ROWS, payload), "01" + "01" + terms + "6869");
        check(LogFixture.members(258, 5, LogFixture.PAIR), "01" + "02" + terms + MEMBERSHIP);
    }

    private static void check(Entry entry, String hex) {
        assertThat(hex(LogRows.entry(entry, 4))).isEqualTo(hex);
        assertThat(LogRows.entry(258, bytes(hex), "test")).isEqualTo(new LogRows.Stored(entry, 4));
    }
}
