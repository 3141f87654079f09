package io.mortar.journal.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.kv.KvEngine;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvStore;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.space.DiskSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupWriterTest {
    private static final byte[] KEY = {1};

    @TempDir
    Path directory;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Integer> writtenRows = new ArrayList<>();
    private Optional<RuntimeException> nextFailure = Optional.empty();
    private Optional<Error> nextError = Optional.empty();
    private CompletableFuture<Boolean> held = CompletableFuture.completedFuture(true);
    private KvStore disk;
    private GroupWriter writer;

    @BeforeEach
    void open() {
        disk = KvStores.open(
                directory.resolve("store"), KvOptions.of(DiskSpace.UNLIMITED).withEngine(KvEngine.JAVA));
        writer = new GroupWriter(new FailingTarget(), tasks::add, 100, 50);
    }

    @AfterEach
    void close() {
        disk.close();
    }

    /** Counts writes, and fails the next one when told to; after a {@link KvFailedException} all, as real stores do. */
    private final class FailingTarget implements GroupTarget {
        @Override
        public KvView begin() {
            return disk;
        }

        @Override
        public CompletionStage<?> write(RowChanges group) {
            if (nextError.isPresent()) {
                Error error = nextError.get();
                nextError = Optional.empty();
                throw error;
            }
            if (nextFailure.isPresent()) {
                RuntimeException failure = nextFailure.get();
                nextFailure = Optional.of(failure).filter(KvFailedException.class::isInstance);
                return CompletableFuture.failedFuture(failure);
            }
            if (!group.isEmpty()) {
                writtenRows.add(1);
            }
            disk.write(group.toBatch());
            return held;
        }
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private CompletableFuture<Integer> add(int amount) {
        CompletionStage<Integer> added = writer.submit(rows -> {
            byte @Nullable [] now = rows.get(KEY);
            int sum = (now == null ? 0 : now[0]) + amount;
            rows.put(KEY, new byte[] {(byte) sum});
            return sum;
        });
        return added.toCompletableFuture();
    }

    @Test
    void work_that_waits_shares_one_write_and_sees_the_work_before_it() {
        List<CompletableFuture<Integer>> sums = List.of(add(1), add(2), add(3));
        assertThat(sums).allMatch(sum -> !sum.isDone());
        runAll();
        assertThat(sums.stream().map(CompletableFuture::join)).containsExactly(1, 3, 6);
        assertThat(writtenRows).hasSize(1);
        assertThat(disk.get(KEY)).containsExactly(6);
    }

    @Test
    void a_group_ends_when_it_is_large_enough() {
        for (int i = 0; i < 3; i++) {
            byte[] key = {2, (byte) i};
            writer.submit(rows -> {
                rows.put(key, new byte[99]);
                return true;
            });
        }
        runAll();
        assertThat(writtenRows).hasSize(3);
    }

    @Test
    void a_write_that_takes_its_time_holds_back_its_answers_and_the_next_group() {
        held = new CompletableFuture<>();
        CompletableFuture<Integer> first = add(1);
        runAll();
        CompletableFuture<Integer> second = add(1);
        runAll();
        assertThat(writtenRows).hasSize(1);
        assertThat(first).isNotDone();
        CompletableFuture<Boolean> write = held;
        held = CompletableFuture.completedFuture(true);
        write.complete(true);
        assertThat(first.join()).isEqualTo(1);
        runAll();
        assertThat(second.join()).isEqualTo(2);
    }

    @Test
    void rows_that_would_make_a_group_too_large_become_the_next_one() {
        put(1, 60, false);
        put(2, 60, false);
        put(3, 300, false);
        runAll();
        assertThat(writtenRows).hasSize(3);
    }

    @Test
    void rows_that_grow_the_store_are_not_written_with_others() {
        put(1, 10, true);
        put(2, 10, true);
        writer.settled();
        put(3, 10, false);
        put(4, 10, false);
        runAll();
        assertThat(writtenRows).hasSize(2);
    }

    private void put(int key, int valueBytes, boolean growing) {
        writer.submit(rows -> {
            rows.put(new byte[] {2, (byte) key}, new byte[valueBytes]);
            if (growing) {
                rows.markGrowing();
            }
            return true;
        });
    }

    @Test
    void work_that_throws_fails_alone_and_leaves_no_rows() {
        CompletableFuture<Integer> first = add(1);
        CompletableFuture<Object> bad = writer.submit(rows -> {
                    rows.put(KEY, new byte[] {99});
                    throw new IllegalStateException("no");
                })
                .toCompletableFuture();
        CompletableFuture<Integer> last = add(2);
        runAll();
        assertThat(first.join()).isEqualTo(1);
        assertThat(last.join()).isEqualTo(3);
        assertThatThrownBy(bad::join).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void work_that_breaks_an_assertion_is_answered_and_the_work_around_it_is_done() {
        CompletableFuture<Integer> first = add(1);
        CompletableFuture<Object> bad = writer.submit(rows -> {
                    throw new AssertionError("no");
                })
                .toCompletableFuture();
        CompletableFuture<Integer> last = add(2);
        runAll();
        assertThatThrownBy(bad::join).hasCauseInstanceOf(AssertionError.class);
        assertThat(first.join()).isEqualTo(1);
        assertThat(last.join()).isEqualTo(3);
    }

    @Test
    void everybody_in_a_group_hears_of_an_assertion_that_its_write_breaks_and_the_next_goes_on() {
        nextError = Optional.of(new AssertionError("no"));
        CompletableFuture<Integer> first = add(1);
        CompletableFuture<Integer> second = add(1);
        runAll();
        assertThatThrownBy(first::join).hasCauseInstanceOf(AssertionError.class);
        assertThatThrownBy(second::join).hasCauseInstanceOf(AssertionError.class);
        CompletableFuture<Integer> later = add(1);
        runAll();
        assertThat(later.join()).isEqualTo(1);
    }

    @Test
    void nothing_is_acknowledged_by_a_failed_write_and_the_failure_is_announced() {
        nextFailure = Optional.of(new KvFailedException("I/O", new IOException("I/O")));
        CompletableFuture<Integer> first = add(1);
        runAll();
        assertThatThrownBy(first::join).hasCauseInstanceOf(KvFailedException.class);
        assertThat(writer.failure().toCompletableFuture()).isCompleted();
        CompletableFuture<Integer> later = add(1);
        runAll();
        assertThatThrownBy(later::join).hasCauseInstanceOf(KvFailedException.class);
    }

    @Test
    void lack_of_room_refuses_a_group_and_the_next_goes_on() {
        nextFailure = Optional.of(new KvNoSpaceException("full"));
        CompletableFuture<Integer> refused = add(1);
        runAll();
        assertThatThrownBy(refused::join).hasCauseInstanceOf(KvNoSpaceException.class);
        CompletableFuture<Integer> later = add(1);
        runAll();
        assertThat(later.join()).isEqualTo(1);
        assertThat(writer.failure().toCompletableFuture()).isNotDone();
    }

    @Test
    void more_work_than_the_bound_is_refused() {
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 51; i++) {
            all.add(add(1));
        }
        assertThatThrownBy(all.get(50)::join).hasCauseInstanceOf(JournalOverloadedException.class);
        runAll();
        assertThat(all.get(49).join()).isEqualTo(50);
    }
}
