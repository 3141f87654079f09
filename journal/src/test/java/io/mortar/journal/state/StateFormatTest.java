package io.mortar.journal.state;

import static io.mortar.journal.state.StateFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvEngine;
import io.mortar.journal.kv.KvStore;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.log.LogFixture;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.SnapshotPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows, batches and frames of format version 1, byte by byte, as {@code docs/formats/metadata-state.md} shows them. */
class StateFormatTest {
    private static final String BATCH =
            "01" + "00000002" + "01" + "00" + "0001" + "6b" + "00000002" + "6869" + "02" + "01" + "0002" + "6b32";
    private static final String POINT = "01" + "0000000000000001" + "0000000000000001" + "01" + "0001" + "01" + "0001"
            + "61" + "0008" + "686f73742d613a31";
    private static final String IDENTITY = "01" + "0000000000000001" + "0000000000000002" + "0007";

    @TempDir
    Path directory;

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private StateStore state(SnapshotPoint point) {
        Path path = directory.resolve("state-1");
        StateStore.create(path, LogFixture.IDENTITY, point, LogFixture.options(KvEngine.AUTO));
        return StateStore.open(
                new StateDirectory(directory), path, LogFixture.IDENTITY, LogFixture.options(KvEngine.AUTO));
    }

    @Test
    void a_batch_is_as_documented() {
        RowBatch batch = RowBatch.builder()
                .put(Area.JOURNAL, bytes("k"), bytes("hi"))
                .delete(Area.APPLICATION, bytes("k2"))
                .build();
        assertThat(hex(RowBatchCodec.encode(batch))).isEqualTo(BATCH);
        assertThat(RowBatchCodec.decode(HexFormat.of().parseHex(BATCH)))
                .usingRecursiveComparison()
                .isEqualTo(batch);
    }

    @Test
    void rows_are_as_documented() {
        RowBatch batch = RowBatch.builder()
                .put(Area.JOURNAL, bytes("k"), bytes("hi"))
                .put(Area.APPLICATION, bytes("k2"), bytes("ho"))
                .build();
        try (StateStore state = state(SnapshotPoint.origin(LogFixture.ALONE))) {
            state.apply(List.of(new Entry(1, 1, Entry.Kind.ROWS, RowBatchCodec.encode(batch))));
        }
        List<String> rows = new ArrayList<>();
        try (KvStore store = KvStores.open(directory.resolve("state-1"), LogFixture.options(KvEngine.AUTO));
                KvCursor cursor = store.scan(new byte[0], new byte[] {(byte) 0xff})) {
            while (cursor.next()) {
                rows.add(hex(cursor.key()) + " " + hex(cursor.value()));
            }
        }
        assertThat(rows)
                .containsExactly(
                        "0007" + "00" + "00 " + IDENTITY,
                        "0007" + "00" + "01 " + POINT,
                        "0007" + "01" + "6b 6869",
                        "0007" + "02" + "6b32 686f");
        assertThat(hex(StateKeys.installed(7))).isEqualTo("0007" + "00" + "02");
    }

    @Test
    void a_copy_is_as_documented_and_is_taken_in() {
        String rows = "00000004" + "00000013" + "00070000" + IDENTITY + "00000004" + "00000022" + "00070001" + POINT;
        String first = "01" + "00" + "00000000" + rows + "ddb51b3f";
        String last = "01" + "01" + "00000001" + "0000000000000002" + "000000000000004d" + POINT + "5d25ccef";
        List<String> frames = new ArrayList<>();
        try (StateStore state = state(new SnapshotPoint(1, 1, LogFixture.ALONE))) {
            try (SnapshotSource source = state.snapshotSource()) {
                for (byte[] frame = source.next(); frame != null; frame = source.next()) {
                    frames.add(hex(frame));
                }
            }
            assertThat(frames).containsExactly(first, last);
            try (SnapshotSink sink = state.snapshotSink()) {
                assertThat(sink.accept(HexFormat.of().parseHex(first))).isEmpty();
                assertThat(sink.accept(HexFormat.of().parseHex(last)))
                        .contains(new SnapshotPoint(1, 1, LogFixture.ALONE));
            }
        }
    }

    @Test
    void the_current_file_is_as_documented() throws IOException {
        StateFixture.found(directory.resolve("group"), KvEngine.AUTO).close();
        assertThat(Files.readString(directory.resolve("group").resolve("current")))
                .isEqualTo("state-1\n");
    }
}
