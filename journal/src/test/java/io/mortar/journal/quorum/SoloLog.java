package io.mortar.journal.quorum;

import akka.Done;
import io.mortar.journal.group.GroupStatus;
import io.mortar.journal.group.LeadershipListener;
import io.mortar.journal.group.LeadershipLostException;
import io.mortar.journal.group.LogOverloadedException;
import io.mortar.journal.group.NotLeaderException;
import io.mortar.journal.group.ReplicatedLog;
import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.kv.KvStore;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.membership.Candidate;
import io.mortar.journal.membership.MemberChange;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.state.Area;
import io.mortar.journal.state.RowBatch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A replicated log of one member without consensus: it leads when it is told to. What is asked of it is done at once, or kept until
 * {@link #release}, or goes wrong in the way that was chosen.
 */
final class SoloLog implements ReplicatedLog, AutoCloseable {
    private final KvStore store;
    private final List<LeadershipListener> listeners = new ArrayList<>();
    private final List<RowBatch> appended = new ArrayList<>();
    private final Queue<Runnable> kept = new ArrayDeque<>();
    private final Queue<Next> next = new ArrayDeque<>();
    private int confirmationsRefused;
    private boolean keeping;
    private long term;
    private long index;

    SoloLog(Path directory) {
        store = KvStores.open(directory, KvOptions.of(DiskSpace.UNLIMITED));
    }

    /** How an append goes wrong. */
    record Next(boolean applied, RuntimeException failure) {}

    /** Begins to lead {@code newTerm}, after ending the present leadership. */
    synchronized void lead(long newTerm) {
        retire();
        term = newTerm;
        listeners.forEach(listener -> listener.began(newTerm));
    }

    synchronized void retire() {
        long ended = term;
        term = 0;
        if (ended != 0) {
            listeners.forEach(listener -> listener.ended(ended));
        }
    }

    /** Loses the leadership without telling anybody: whoever appends notices. */
    synchronized void retireSilently() {
        term = 0;
    }

    /** The next append that is carried out fails like this, with its rows applied or not. */
    synchronized void failNext(boolean applied, RuntimeException failure) {
        next.add(new Next(applied, failure));
    }

    /** So many confirmations from now on are refused, since too many wait. */
    synchronized void refuseConfirmations(int count) {
        confirmationsRefused = count;
    }

    /** Appends and confirmations are kept from now on. */
    synchronized void keep() {
        keeping = true;
    }

    synchronized int keptCount() {
        return kept.size();
    }

    /** Carries out what was kept, and everything after it at once. */
    synchronized void release() {
        keeping = false;
        while (!kept.isEmpty()) {
            kept.remove().run();
        }
    }

    /** The batches that were applied. */
    synchronized List<RowBatch> appended() {
        return List.copyOf(appended);
    }

    /** A change of rows by another leader. */
    synchronized void applyForeign(RowBatch rows) {
        apply(rows);
    }

    private void soon(Runnable work) {
        if (keeping) {
            kept.add(work);
        } else {
            work.run();
        }
    }

    @Override
    public synchronized CompletionStage<Long> append(RowBatch rows, long forTerm) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        soon(() -> {
            @Nullable Next wrong = next.poll();
            if (forTerm != term) {
                done.completeExceptionally(new NotLeaderException("term is " + term + ", not " + forTerm, null));
                return;
            }
            if (wrong == null || wrong.applied()) {
                apply(rows);
            }
            if (wrong == null) {
                done.complete(index);
            } else {
                done.completeExceptionally(wrong.failure());
            }
        });
        return done;
    }

    private void apply(RowBatch rows) {
        KvBatch batch = new KvBatch();
        for (RowBatch.Row row : rows.rows()) {
            byte[] key = key(row.area(), row.key());
            if (row.value() == null) {
                batch.delete(key);
            } else {
                batch.put(key, row.value());
            }
        }
        store.write(batch);
        appended.add(rows);
        index++;
    }

    @Override
    public synchronized CompletionStage<Void> confirm(long forTerm) {
        if (confirmationsRefused > 0) {
            confirmationsRefused--;
            return CompletableFuture.failedStage(new LogOverloadedException("too much waits"));
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        soon(() -> {
            if (forTerm == term) {
                done.complete(null);
            } else {
                done.completeExceptionally(new LeadershipLostException("term is " + term + ", not " + forTerm));
            }
        });
        return done;
    }

    private static byte[] key(Area area, byte[] key) {
        return ByteBuffer.allocate(1 + key.length)
                .put((byte) (area == Area.JOURNAL ? 'J' : 'A'))
                .put(key)
                .array();
    }

    /** The rows of one area. */
    private record AreaView(KvView rows, Area area) implements KvView {
        @Override
        public byte @Nullable [] get(byte[] key) {
            return rows.get(key(area, key));
        }

        @Override
        public KvCursor scan(byte[] from, byte[] to) {
            return new AreaCursor(rows.scan(key(area, from), key(area, to)));
        }
    }

    private record AreaCursor(KvCursor cursor) implements KvCursor {
        @Override
        public boolean next() {
            return cursor.next();
        }

        @Override
        public byte[] key() {
            byte[] key = cursor.key();
            return ByteBuffer.allocate(key.length - 1)
                    .put(key, 1, key.length - 1)
                    .array();
        }

        @Override
        public byte[] value() {
            return cursor.value();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }

    @Override
    public KvView journalRows() {
        return new AreaView(store, Area.JOURNAL);
    }

    @Override
    public KvView applicationRows() {
        return new AreaView(store, Area.APPLICATION);
    }

    @Override
    public KvSnapshot applicationSnapshot() {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized void listen(LeadershipListener listener) {
        listeners.add(listener);
        if (term != 0) {
            listener.began(term);
        }
    }

    @Override
    public MemberId self() {
        return new MemberId("solo");
    }

    @Override
    public synchronized GroupStatus status() {
        return new GroupStatus(
                new UUID(0, 0), self(), term, null, new GroupStatus.Positions(1, index, index, index, 0), List.of());
    }

    @Override
    public CompletionStage<Done> transfer(@Nullable MemberId to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Done> changeMember(MemberChange change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void candidates(List<Candidate> candidates) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Throwable> failure() {
        return new CompletableFuture<>();
    }

    @Override
    public void close() {
        store.close();
    }
}
