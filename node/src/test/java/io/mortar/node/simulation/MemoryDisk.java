package io.mortar.node.simulation;

import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.Ready;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.journal.raft.StoredLog;
import io.mortar.journal.state.RowBatchCodec;
import java.util.ArrayList;
import java.util.List;

/** What survives a crash of one replica: log and state. Every method is one durable step. */
final class MemoryDisk implements StoredLog {
    private final List<Entry> entries = new ArrayList<>();
    private SnapshotPoint start;
    private HardState hardState = HardState.INITIAL;
    private MemoryRows rows = new MemoryRows();
    private SnapshotPoint applied;

    /** A copy of a state, as it is sent. */
    record Copy(SnapshotPoint point, MemoryRows rows) {}

    MemoryDisk(SnapshotPoint origin) {
        start = origin;
        applied = origin;
    }

    /** What happens when a replica starts: a state that was installed just before a crash is ahead of the log. */
    void reconcile() {
        boolean holds = applied.index() == start.index()
                || (applied.index() > start.index()
                        && applied.index() <= lastIndex()
                        && term(applied.index()) == applied.term());
        if (!holds) {
            reset(applied);
        }
    }

    void reset(SnapshotPoint point) {
        entries.clear();
        start = point;
    }

    void write(Ready ready) {
        if (ready.hardState() != null) {
            hardState = ready.hardState();
        }
        for (Entry entry : ready.entries()) {
            int place = Math.toIntExact(entry.index() - start.index() - 1);
            entries.subList(place, entries.size()).clear();
            entries.add(entry);
        }
    }

    void apply(List<Entry> committed) {
        for (Entry entry : committed) {
            if (entry.index() != applied.index() + 1) {
                throw new AssertionError("entry " + entry + " does not follow " + applied);
            }
            if (entry.kind() == Entry.Kind.ROWS) {
                rows.apply(RowBatchCodec.decode(entry.payload()));
            }
            applied = new SnapshotPoint(entry.index(), entry.term(), applied.membership());
        }
    }

    /** What no store may do. */
    void applyAgain(List<Entry> committed) {
        committed.stream()
                .filter(entry -> entry.kind() == Entry.Kind.ROWS)
                .forEach(entry -> rows.apply(RowBatchCodec.decode(entry.payload())));
    }

    void install(Copy copy) {
        rows = copy.rows().copy();
        applied = copy.point();
    }

    void compact(SnapshotPoint point) {
        entries.subList(0, Math.toIntExact(point.index() - start.index())).clear();
        start = point;
    }

    Copy copy() {
        return new Copy(applied, rows.copy());
    }

    HardState hardState() {
        return hardState;
    }

    MemoryRows rows() {
        return rows;
    }

    SnapshotPoint applied() {
        return applied;
    }

    @Override
    public SnapshotPoint start() {
        return start;
    }

    @Override
    public long lastIndex() {
        return start.index() + entries.size();
    }

    @Override
    public long term(long index) {
        return entries.get(Math.toIntExact(index - start.index() - 1)).term();
    }

    @Override
    public List<Entry> entries(long from, long toExclusive, int bytesMax) {
        List<Entry> result = new ArrayList<>();
        long bytes = 0;
        for (long index = from; index < toExclusive; index++) {
            Entry entry = entries.get(Math.toIntExact(index - start.index() - 1));
            bytes += entry.sizeBytes();
            if (bytes > bytesMax && !result.isEmpty()) {
                break;
            }
            result.add(entry);
        }
        return result;
    }
}
