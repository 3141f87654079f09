package io.mortar.journal.raft;

import java.util.ArrayList;
import java.util.List;

/** A log of which everything written is stored. */
public final class MemoryLog implements StoredLog {
    private SnapshotPoint start;
    private HardState hardState = HardState.INITIAL;
    private final List<Entry> entries = new ArrayList<>();

    public MemoryLog(SnapshotPoint start) {
        this.start = start;
    }

    /** Writes what {@code ready} has for the log. */
    public void write(Ready ready) {
        if (ready.install() != null) {
            reset(ready.install());
        }
        if (ready.hardState() != null) {
            hardState = ready.hardState();
        }
        ready.entries().forEach(this::put);
    }

    private void put(Entry entry) {
        int place = Math.toIntExact(entry.index() - start.index() - 1);
        if (place > entries.size()) {
            throw new AssertionError("entry " + entry + " leaves a hole after " + lastIndex());
        }
        entries.subList(place, entries.size()).clear();
        entries.add(entry);
    }

    /** Begins anew at {@code point}. */
    public void reset(SnapshotPoint point) {
        start = point;
        entries.clear();
    }

    /** Deletes what lies before {@code point}. */
    public void compact(SnapshotPoint point) {
        entries.subList(0, Math.toIntExact(point.index() - start.index())).clear();
        start = point;
    }

    /** Keeps the term and loses the vote, which no disk may do. */
    public void forgetVote() {
        hardState = new HardState(hardState.term(), null);
    }

    /** Like {@link #term}, also where the log begins. */
    public long termAt(long index) {
        return index == start.index() ? start.term() : term(index);
    }

    public HardState hardState() {
        return hardState;
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
        return entry(index).term();
    }

    @Override
    public List<Entry> entries(long from, long toExclusive, int bytesMax) {
        List<Entry> result = new ArrayList<>();
        long bytes = 0;
        for (long index = from; index < toExclusive; index++) {
            Entry entry = entry(index);
            bytes += entry.sizeBytes();
            if (bytes > bytesMax && !result.isEmpty()) {
                break;
            }
            result.add(entry);
        }
        return result;
    }

    private Entry entry(long index) {
        if (index <= start.index() || index > lastIndex()) {
            throw new AssertionError(
                    "entry " + index + " asked, stored are " + (start.index() + 1) + " to " + lastIndex());
        }
        return entries.get(Math.toIntExact(index - start.index() - 1));
    }
}
