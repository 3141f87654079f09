package io.mortar.journal.state;

import static io.mortar.journal.state.StateFixture.bytes;
import static io.mortar.journal.state.StateFixture.change;
import static io.mortar.journal.state.StateFixture.changes;
import static io.mortar.journal.state.StateFixture.rows;
import static io.mortar.journal.state.StateFixture.rowsAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvEngine;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.log.LogFixture;
import io.mortar.journal.log.StoreRefusedException;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.space.SpaceLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a state must do on every engine. */
abstract class StateStoreContract {
    @TempDir
    Path directory;

    private StateStore state;

    abstract KvEngine engine();

    @BeforeEach
    void create() {
        StateStore.create(path(), LogFixture.IDENTITY, SnapshotPoint.origin(LogFixture.ALONE), options());
        state = open(options());
    }

    @AfterEach
    void close() {
        state.close();
    }

    private KvOptions options() {
        return LogFixture.options(engine());
    }

    private Path path() {
        return directory.resolve("state-1");
    }

    private StateStore open(KvOptions options) {
        return StateStore.open(new StateDirectory(directory), path(), LogFixture.IDENTITY, options);
    }

    private void reopen() {
        state.close();
        state = open(options());
    }

    @Test
    void rows_are_as_all_entries_left_them_also_after_reopening() {
        state.apply(changes(1, 20, 1));
        state.apply(changes(21, 50, 3));
        assertThat(rows(state)).isEqualTo(rowsAfter(50)).isNotEmpty();
        reopen();
        assertThat(rows(state)).isEqualTo(rowsAfter(50));
        assertThat(state.applied()).isEqualTo(new SnapshotPoint(50, 3, LogFixture.ALONE));
    }

    @Test
    void entries_that_are_applied_already_are_skipped() {
        state.apply(changes(1, 20, 1));
        state.apply(changes(5, 20, 1));
        assertThat(rows(state)).isEqualTo(rowsAfter(20));
        state.apply(changes(15, 30, 1));
        assertThat(rows(state)).isEqualTo(rowsAfter(30));
        assertThat(state.applied().index()).isEqualTo(30);
    }

    @Test
    void an_entry_is_never_left_out() {
        state.apply(changes(1, 3, 2));
        for (List<Entry> wrong :
                List.of(List.of(change(5, 2)), List.of(change(4, 2), change(6, 2)), List.of(change(4, 1)))) {
            assertThatThrownBy(() -> state.apply(wrong))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("does not follow");
        }
        assertThat(rows(state)).isEqualTo(rowsAfter(3));
    }

    @Test
    void every_kind_of_entry_is_counted_and_a_membership_is_kept() {
        state.apply(List.of(LogFixture.empty(1, 1), LogFixture.members(2, 1, LogFixture.PAIR), change(3, 1)));
        reopen();
        assertThat(state.applied()).isEqualTo(new SnapshotPoint(3, 1, LogFixture.PAIR));
    }

    @Test
    void an_entry_that_cannot_be_read_applies_nothing() {
        Entry wrong = new Entry(2, 1, Entry.Kind.ROWS, bytes("nonsense"));
        assertThatThrownBy(() -> state.apply(List.of(change(1, 1), wrong)))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("entry 2@1 cannot be applied");
        assertThat(rows(state)).isEmpty();
        assertThat(state.applied().index()).isZero();
    }

    @Test
    void areas_do_not_mix_and_keys_have_no_prefix() {
        RowBatch batch = RowBatch.builder()
                .put(Area.JOURNAL, bytes("k"), bytes("journal"))
                .put(Area.APPLICATION, bytes("k"), bytes("application"))
                .put(Area.APPLICATION, new byte[] {(byte) 0xfe}, bytes("last"))
                .build();
        state.apply(List.of(new Entry(1, 1, Entry.Kind.ROWS, RowBatchCodec.encode(batch))));
        assertThat(state.journalRows().get(bytes("k"))).isEqualTo(bytes("journal"));
        assertThat(state.applicationRows().get(bytes("k"))).isEqualTo(bytes("application"));
        assertThat(state.journalRows().get(new byte[] {(byte) 0xfe})).isNull();
        SortedMap<String, String> journal = new TreeMap<>();
        StateFixture.collect("", state.journalRows(), journal);
        assertThat(journal).containsOnlyKeys("k");
        try (KvCursor cursor = state.applicationRows().scan(bytes("k"), bytes("l"))) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.key()).isEqualTo(bytes("k"));
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void a_snapshot_shows_one_state_while_others_are_applied() {
        state.apply(changes(1, 20, 1));
        try (KvSnapshot application = state.applicationSnapshot();
                KvSnapshot journal = state.journalSnapshot()) {
            state.apply(changes(21, 40, 1));
            SortedMap<String, String> seen = new TreeMap<>();
            StateFixture.collect("application ", application, seen);
            StateFixture.collect("journal ", journal, seen);
            assertThat(seen).isEqualTo(rowsAfter(20));
        }
    }

    @Test
    void a_large_entry_is_applied_whole_or_not_at_all() {
        KvView view = state.applicationRows();
        RowBatch.Builder batch = RowBatch.builder();
        for (int i = 0; i < 2000; i++) {
            batch.put(Area.APPLICATION, bytes("row " + i), new byte[500]);
        }
        state.apply(List.of(new Entry(1, 1, Entry.Kind.ROWS, RowBatchCodec.encode(batch.build()))));
        assertThat(view.get(bytes("row 0"))).hasSize(500);
        assertThat(view.get(bytes("row 1999"))).hasSize(500);
    }

    @Test
    void without_room_nothing_is_applied_and_the_same_entries_can_be_applied_later() throws IOException {
        AtomicLong usable = new AtomicLong(1000);
        DiskSpace space = DiskSpace.open(directory, new SpaceLimits(0, 100, 100), usable::get);
        state.close();
        state = open(KvOptions.of(space).withEngine(engine()));
        state.apply(changes(1, 10, 1));
        usable.set(50);
        assertThatThrownBy(() -> state.apply(changes(11, 20, 1))).isInstanceOf(KvNoSpaceException.class);
        assertThat(state.applied().index()).isEqualTo(10);
        assertThat(rows(state)).isEqualTo(rowsAfter(10));
        usable.set(1000);
        state.apply(changes(11, 20, 1));
        reopen();
        assertThat(rows(state)).isEqualTo(rowsAfter(20));
    }
}
