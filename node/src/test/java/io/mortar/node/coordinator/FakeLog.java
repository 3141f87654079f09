package io.mortar.node.coordinator;

import io.mortar.journal.group.GroupStatus;
import io.mortar.journal.group.LeadershipListener;
import io.mortar.journal.group.LeadershipLostException;
import io.mortar.journal.group.LogOverloadedException;
import io.mortar.journal.group.NotLeaderException;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.state.Area;
import io.mortar.journal.state.RowBatch;
import io.mortar.node.log.RowTree;
import io.mortar.node.log.UnusedLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A replicated log in memory that leads, and loses the leadership, as a test says. */
final class FakeLog extends UnusedLog {
    /** What becomes of the appends that are asked for. */
    enum Appends {
        SUCCEED,
        /** The leadership ends; the rows are applied, and nobody is told. */
        END_APPLIED,
        /** The leadership ends, and the rows are nowhere. */
        END_LOST,
        /** Nothing happens. */
        HANG
    }

    private final Map<Area, RowTree> rows = new EnumMap<>(Area.class);
    private final List<LeadershipListener> listeners = new ArrayList<>();
    private final Queue<Runnable> heldConfirmations = new ArrayDeque<>();
    private Appends appends = Appends.SUCCEED;
    private boolean holding;
    private boolean refusing;
    private boolean replaced;
    private long term;
    private long index;

    FakeLog() {
        for (Area area : Area.values()) {
            rows.put(area, RowTree.empty());
        }
    }

    synchronized void lead(long newTerm) {
        term = newTerm;
        appends = Appends.SUCCEED;
        listeners.forEach(listener -> listener.began(newTerm));
    }

    /** Another node leads since a moment ago, and this one has not been told. */
    synchronized void depose() {
        term = 0;
    }

    synchronized void appendsWill(Appends become) {
        appends = become;
    }

    synchronized void holdConfirmations() {
        holding = true;
    }

    synchronized void refuseConfirmations(boolean refuse) {
        refusing = refuse;
    }

    synchronized int heldCount() {
        return heldConfirmations.size();
    }

    synchronized void releaseConfirmations() {
        holding = false;
        heldConfirmations.forEach(Runnable::run);
        heldConfirmations.clear();
    }

    /** This node is given all rows anew when it is no longer the leader: reads of the old ones fail. */
    synchronized void replaceRowsBeforeReads() {
        replaced = true;
    }

    synchronized long index() {
        return index;
    }

    synchronized int rowCount(Area area) {
        return of(area).rows().size();
    }

    @Override
    public synchronized CompletionStage<Long> append(RowBatch batch, long forTerm) {
        if (forTerm != term) {
            return CompletableFuture.failedStage(new NotLeaderException("not term " + forTerm, null));
        }
        if (appends == Appends.HANG) {
            return new CompletableFuture<>();
        }
        if (appends != Appends.END_LOST) {
            apply(batch);
        }
        if (appends == Appends.SUCCEED) {
            return CompletableFuture.completedStage(index);
        }
        term = 0;
        listeners.forEach(listener -> listener.ended(forTerm));
        return CompletableFuture.failedStage(new LeadershipLostException("term " + forTerm + " has ended"));
    }

    private void apply(RowBatch batch) {
        for (Area area : Area.values()) {
            RowTree next = of(area).copy();
            batch.rows().stream().filter(row -> row.area() == area).forEach(row -> next.set(row.key(), row.value()));
            rows.put(area, next);
        }
        index++;
    }

    /** Trees are replaced and not changed, so one is a state. */
    private RowTree of(Area area) {
        return Objects.requireNonNull(rows.get(area));
    }

    @Override
    public synchronized CompletionStage<Void> confirm(long forTerm) {
        if (refusing) {
            return CompletableFuture.failedStage(new LogOverloadedException("10000 requests wait already"));
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable answer = () -> {
            if (forTerm == term) {
                done.complete(null);
            } else {
                done.completeExceptionally(new LeadershipLostException("not term " + forTerm));
            }
        };
        if (holding) {
            heldConfirmations.add(answer);
        } else {
            answer.run();
        }
        return done;
    }

    /** Rows of an area, as they are at each call. */
    private final class Present implements KvView {
        private final Area area;

        Present(Area area) {
            this.area = area;
        }

        private RowTree now() {
            synchronized (FakeLog.this) {
                return of(area);
            }
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            return now().get(key);
        }

        @Override
        public KvCursor scan(byte[] from, byte[] to) {
            return now().scan(from, to);
        }
    }

    @Override
    public KvView journalRows() {
        return new Present(Area.JOURNAL);
    }

    @Override
    public KvView applicationRows() {
        return new Present(Area.APPLICATION);
    }

    @Override
    public synchronized KvSnapshot applicationSnapshot() {
        if (replaced) {
            term = 0;
            throw new IllegalStateException("the store is closed");
        }
        return new Present(Area.APPLICATION).now();
    }

    @Override
    public synchronized void listen(LeadershipListener listener) {
        listeners.add(listener);
        if (term != 0) {
            listener.began(term);
        }
    }

    @Override
    public synchronized GroupStatus status() {
        MemberId leader = term == 0 ? null : self();
        return new GroupStatus(
                new UUID(0, 0), self(), term, leader, new GroupStatus.Positions(1, index, index, index, 0), List.of());
    }

    @Override
    public CompletionStage<Throwable> failure() {
        return new CompletableFuture<>();
    }
}
