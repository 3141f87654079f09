package io.mortar.journal.log;

import static io.mortar.journal.log.LogFixture.A;
import static io.mortar.journal.log.LogFixture.ALONE;
import static io.mortar.journal.log.LogFixture.B;
import static io.mortar.journal.log.LogFixture.IDENTITY;
import static io.mortar.journal.log.LogFixture.PAIR;
import static io.mortar.journal.log.LogFixture.empty;
import static io.mortar.journal.log.LogFixture.entries;
import static io.mortar.journal.log.LogFixture.members;
import static io.mortar.journal.log.LogFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvEngine;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvStore;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.space.SpaceLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log must do on every engine. */
abstract class RaftLogStoreContract {
    @TempDir
    Path directory;

    private RaftLogStore log;

    abstract KvEngine engine();

    @BeforeEach
    void create() {
        log = RaftLogStore.create(
                path(), IDENTITY, HardState.INITIAL, SnapshotPoint.origin(ALONE), LogFixture.options(engine()));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Path path() {
        return directory.resolve("log");
    }

    private KvOptions options() {
        return LogFixture.options(engine());
    }

    private void reopen() {
        log.close();
        log = RaftLogStore.open(path(), IDENTITY, options());
    }

    private void edit(Consumer<KvStore> edit) {
        log.close();
        try (KvStore store = KvStores.open(path(), options())) {
            edit.accept(store);
        }
    }

    private void assertRefused(String text) {
        assertThatThrownBy(() -> RaftLogStore.open(path(), IDENTITY, options()))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining(path().toString())
                .hasMessageContaining(text);
    }

    @Test
    void a_new_log_is_empty_and_begins_where_it_was_told_to() {
        assertThat(log.lastIndex()).isZero();
        assertThat(log.start()).isEqualTo(SnapshotPoint.origin(ALONE));
        assertThat(log.hardState()).isEqualTo(HardState.INITIAL);
        assertThat(log.term(0)).isZero();
        assertThat(log.membership(0)).isEqualTo(ALONE);
    }

    @Test
    void what_was_appended_is_there_after_reopening() {
        log.append(new HardState(1, A), List.of(empty(1, 1), rows(2, 1), members(3, 1, PAIR)));
        log.append(new HardState(4, B), List.of());
        log.append(null, rows(4, 6, 3));
        List<Entry> before = entries(log);
        reopen();
        assertThat(entries(log)).isEqualTo(before).hasSize(6);
        assertThat(log.hardState()).isEqualTo(new HardState(4, B));
        assertThat(log.term(3)).isEqualTo(1);
        assertThat(log.term(6)).isEqualTo(3);
        assertThat(log.membership(2)).isEqualTo(ALONE);
        assertThat(log.membership(6)).isEqualTo(PAIR);
    }

    @Test
    void an_entry_that_is_there_is_replaced_with_all_after_it() {
        log.append(new HardState(1, A), rows(1, 8, 1));
        log.append(null, List.of(members(9, 1, PAIR)));
        log.append(new HardState(2, null), rows(5, 6, 2));
        for (int round = 0; round < 2; round++) {
            assertThat(log.lastIndex()).isEqualTo(6);
            assertThat(entries(log))
                    .containsExactly(rows(1, 1), rows(2, 1), rows(3, 1), rows(4, 1), rows(5, 2), rows(6, 2));
            assertThat(log.term(4)).isEqualTo(1);
            assertThat(log.term(5)).isEqualTo(2);
            assertThat(log.membership(6)).isEqualTo(ALONE);
            assertThatThrownBy(() -> log.term(7)).isInstanceOf(IllegalArgumentException.class);
            reopen();
        }
    }

    @Test
    void a_read_ends_before_the_limit_of_bytes_but_returns_at_least_one_entry() {
        log.append(new HardState(1, A), rows(1, 9, 1));
        int two = rows(3, 1).sizeBytes() + rows(4, 1).sizeBytes();
        assertThat(log.entries(3, 10, two)).isEqualTo(rows(3, 4, 1));
        assertThat(log.entries(3, 10, two - 1)).isEqualTo(rows(3, 3, 1));
        assertThat(log.entries(3, 10, 0)).isEqualTo(rows(3, 3, 1));
        assertThat(log.entries(3, 5, Integer.MAX_VALUE)).isEqualTo(rows(3, 4, 1));
        assertThatThrownBy(() -> log.entries(9, 11, 100)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.entries(0, 2, 100)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void entries_that_do_not_follow_are_refused_and_change_nothing() {
        log.append(new HardState(3, A), rows(1, 3, 3));
        for (List<Entry> wrong : List.of(
                List.of(rows(5, 3)), List.of(rows(4, 2)), List.of(rows(4, 4)), List.of(rows(4, 3), rows(6, 3)))) {
            assertThatThrownBy(() -> log.append(null, wrong))
                    .as("%s", wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        reopen();
        assertThat(entries(log)).isEqualTo(rows(1, 3, 3));
    }

    @Test
    void a_compacted_log_begins_later_with_term_and_membership_of_there() {
        log.append(new HardState(2, A), rows(1, 2, 1));
        log.append(null, List.of(members(3, 2, PAIR)));
        log.append(null, rows(4, 9, 2));
        log.compactTo(5);
        for (int round = 0; round < 3; round++) {
            assertThat(log.start()).isEqualTo(new SnapshotPoint(5, 2, PAIR));
            assertThat(log.term(5)).isEqualTo(2);
            assertThat(entries(log)).isEqualTo(rows(6, 9, 2));
            if (round == 1) {
                assertThat(log.deleteSome()).isFalse();
            }
            reopen();
        }
        log.compactTo(4);
        assertThat(log.start().index()).isEqualTo(5);
        log.compactTo(9);
        assertThat(log.lastIndex()).isEqualTo(9);
        log.append(null, rows(10, 10, 2));
        assertThat(entries(log)).isEqualTo(rows(10, 10, 2));
    }

    @Test
    void entries_before_the_start_are_deleted_in_steps_that_a_crash_may_end() {
        log.append(new HardState(1, A), rows(1, 2500, 1));
        log.compactTo(2400);
        assertThat(log.deleteSome()).isTrue();
        assertThat(stored()).isEqualTo(1500);
        log = RaftLogStore.open(path(), IDENTITY, options());
        assertThat(log.deleteSome()).isTrue();
        log.append(null, rows(2501, 2501, 1));
        assertThat(log.deleteSome()).isFalse();
        assertThat(stored()).isEqualTo(101);
        log = RaftLogStore.open(path(), IDENTITY, options());
        assertThat(entries(log)).isEqualTo(rows(2401, 2501, 1));
    }

    /** Rows of entries; closes the log. */
    private int stored() {
        int[] count = new int[1];
        edit(store -> {
            try (var rows = store.scan(LogRows.entryKey(7, 0), LogRows.entriesEnd(7))) {
                while (rows.next()) {
                    count[0]++;
                }
            }
        });
        return count[0];
    }

    @Test
    void a_reset_log_is_empty_after_the_point_whether_it_was_longer_or_shorter() {
        for (long point : List.of(20L, 3L)) {
            log.append(new HardState(1 + log.hardState().term(), A), List.of());
            log.append(
                    null,
                    rows(
                            log.lastIndex() + 1,
                            log.lastIndex() + 8,
                            log.hardState().term()));
            SnapshotPoint anew = new SnapshotPoint(point, 50, PAIR);
            log.reset(anew);
            for (int round = 0; round < 2; round++) {
                assertThat(log.start()).isEqualTo(anew);
                assertThat(entries(log)).isEmpty();
                assertThat(log.hardState().term()).isGreaterThanOrEqualTo(50);
                reopen();
            }
            while (log.deleteSome()) {
                assertThat(log.start()).isEqualTo(anew);
            }
        }
        assertThat(stored()).isZero();
    }

    @Test
    void a_reset_to_a_later_term_keeps_no_vote_and_to_an_older_one_keeps_it() {
        log.append(new HardState(5, A), List.of());
        log.reset(new SnapshotPoint(10, 4, PAIR));
        assertThat(log.hardState()).isEqualTo(new HardState(5, A));
        log.reset(new SnapshotPoint(12, 6, PAIR));
        assertThat(log.hardState()).isEqualTo(new HardState(6, null));
    }

    @Test
    void a_missing_entry_is_refused() {
        log.append(new HardState(1, A), rows(1, 9, 1));
        edit(store -> store.write(new KvBatch().delete(LogRows.entryKey(7, 4))));
        assertRefused("entry 4 is missing before entry 5");
    }

    @Test
    void a_replaced_entry_that_is_back_is_refused() {
        log.append(new HardState(1, A), rows(1, 9, 1));
        byte[][] old = new byte[1][];
        edit(store -> old[0] = store.get(LogRows.entryKey(7, 5)));
        log = RaftLogStore.open(path(), IDENTITY, options());
        log.append(new HardState(2, A), rows(5, 9, 2));
        edit(store -> store.write(new KvBatch().put(LogRows.entryKey(7, 5), old[0])));
        assertRefused("entry 6 of term 2 follows one of term 2, but entry 5 is of term 1");
    }

    @Test
    void entries_without_term_and_vote_are_refused() {
        log.append(new HardState(1, A), rows(1, 2, 1));
        edit(store -> store.write(new KvBatch().delete(LogRows.hardStateKey(7))));
        assertRefused("its term and vote");
    }

    @Test
    void a_term_older_than_the_last_entry_is_refused() {
        log.append(new HardState(4, A), rows(1, 2, 4));
        edit(store -> store.write(new KvBatch().put(LogRows.hardStateKey(7), LogRows.hardState(new HardState(3, A)))));
        assertRefused("its term is 3, but its last entry is of term 4");
    }

    @Test
    void a_log_without_its_start_or_identity_is_refused() {
        edit(store -> store.write(new KvBatch().delete(LogRows.startKey(7))));
        assertRefused("where its log begins");
        edit(store -> store.write(new KvBatch().delete(LogRows.identityKey(7))));
        assertRefused("whose it is");
    }

    @Test
    void rows_of_a_later_version_are_refused() {
        edit(store -> store.write(new KvBatch().put(LogRows.hardStateKey(7), new byte[] {9, 0, 0})));
        assertRefused("use a newer one");
    }

    @Test
    void another_groups_log_is_refused() {
        log.close();
        for (GroupIdentity other :
                List.of(new GroupIdentity(new UUID(1, 3), 7), new GroupIdentity(new UUID(1, 2), 8))) {
            assertThatThrownBy(() -> RaftLogStore.open(path(), other, options()))
                    .isInstanceOf(StoreRefusedException.class);
        }
    }

    @Test
    void making_a_log_again_finishes_it_but_never_replaces_one() {
        log.close();
        create();
        log.append(new HardState(1, A), rows(1, 1, 1));
        log.close();
        assertThatThrownBy(this::create)
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("move it away");
    }

    @Test
    void without_room_nothing_is_appended_and_the_log_goes_on_later() throws IOException {
        AtomicLong usable = new AtomicLong(1000);
        DiskSpace space = DiskSpace.open(directory, new SpaceLimits(0, 100, 100), usable::get);
        log.close();
        log = RaftLogStore.open(path(), IDENTITY, KvOptions.of(space).withEngine(engine()));
        log.append(new HardState(1, A), rows(1, 3, 1));
        usable.set(50);
        assertThatThrownBy(() -> log.append(new HardState(2, B), rows(2, 5, 2))).isInstanceOf(KvNoSpaceException.class);
        assertThat(log.hardState()).isEqualTo(new HardState(1, A));
        assertThat(entries(log)).isEqualTo(rows(1, 3, 1));
        usable.set(1000);
        log.append(null, rows(4, 4, 1));
        reopen();
        assertThat(entries(log)).isEqualTo(rows(1, 4, 1));
    }

    @Test
    void an_empty_membership_is_kept() {
        log.close();
        Path other = directory.resolve("other");
        SnapshotPoint nobody = SnapshotPoint.origin(Membership.NONE);
        RaftLogStore.create(other, IDENTITY, HardState.INITIAL, nobody, options())
                .close();
        log = RaftLogStore.open(other, IDENTITY, options());
        assertThat(log.start()).isEqualTo(nobody);
    }
}
