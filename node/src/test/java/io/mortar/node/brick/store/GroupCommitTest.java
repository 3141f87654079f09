package io.mortar.node.brick.store;

import static io.mortar.node.brick.store.StoreFixture.bytes;
import static io.mortar.node.brick.store.StoreFixture.chunk;
import static io.mortar.node.brick.store.StoreFixture.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.kv.KvStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
    @TempDir
    Path directory;

    private final Deque<Runnable> tasks = new ArrayDeque<>();

    @Test
    void what_is_submitted_while_a_round_runs_is_done_together_in_the_next_one() {
        List<Integer> sizes = new ArrayList<>();
        GroupCommit<String> commit =
                new GroupCommit<>(tasks::add, entries -> sizes.add(entries.size()), e -> new IllegalStateException(e));
        CompletableFuture<Void> first = commit.submit("a");
        CompletableFuture<Void> second = commit.submit("b");
        assertThat(tasks).hasSize(1);
        assertThat(first).isNotDone();

        tasks.remove().run();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(sizes).containsExactly(2);

        CompletableFuture<Void> third = commit.submit("c");
        tasks.remove().run();
        assertThat(third).isCompleted();
    }

    @Test
    void a_failed_round_fails_all_its_entries_and_the_next_one_goes_on() {
        AtomicInteger rounds = new AtomicInteger();
        GroupCommit<String> commit = new GroupCommit<>(
                tasks::add,
                entries -> {
                    if (rounds.getAndIncrement() == 0) {
                        throw new IOException("sync");
                    }
                },
                IllegalStateException::new);
        CompletableFuture<Void> first = commit.submit("a");
        CompletableFuture<Void> second = commit.submit("b");
        tasks.remove().run();
        assertThatThrownBy(first::join).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(second).isCompletedExceptionally();

        CompletableFuture<Void> third = commit.submit("c");
        tasks.remove().run();
        assertThat(third).isCompleted();
    }

    @Test
    void an_error_in_a_round_fails_its_entries_instead_of_leaving_them_waiting() {
        AtomicInteger rounds = new AtomicInteger();
        GroupCommit<String> commit = new GroupCommit<>(
                tasks::add,
                entries -> {
                    if (rounds.getAndIncrement() == 0) {
                        throw new AssertionError("impossible");
                    }
                },
                IllegalStateException::new);
        CompletableFuture<Void> first = commit.submit("a");
        tasks.remove().run();
        assertThatThrownBy(first::join).hasRootCauseMessage("impossible");

        CompletableFuture<Void> second = commit.submit("b");
        tasks.remove().run();
        assertThat(second).isCompleted();
    }

    @Test
    void many_small_chunks_share_synced_writes() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        StoreFixture fixture = new StoreFixture(directory);
        fixture.rows = rows -> new CountedRows(rows, writes);
        try (ChunkStore store = fixture.open()) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                all.add(store(store, chunk(i, 0), bytes(1000, i)));
            }
            CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])).join();
            assertThat(writes.get()).isBetween(1, 200);
        }
    }

    @Test
    void chunks_of_one_version_share_directory_syncs() throws Exception {
        StoreFixture fixture = new StoreFixture(directory);
        LossyDisk disk = new LossyDisk(directory.resolve("trash"));
        try (ChunkStore store = fixture.open(disk)) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(store(store, chunk(1, i), bytes(40_000, i)));
            }
            CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])).join();
            assertThat(disk.directorySyncs.get()).isBetween(3, 202);
        }
    }

    private record CountedRows(KvStore rows, AtomicInteger writes) implements KvStore {
        @Override
        public void write(KvBatch batch) {
            writes.incrementAndGet();
            rows.write(batch);
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            return rows.get(key);
        }

        @Override
        public KvCursor scan(byte[] from, byte[] to) {
            return rows.scan(from, to);
        }

        @Override
        public KvSnapshot snapshot() {
            return rows.snapshot();
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
