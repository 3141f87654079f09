package io.mortar.journal.raft;

import java.util.List;

/**
 * The whole log as the core sees it: a stored part, and a tail in memory that holds at least what is not stored yet.
 *
 * <pre>
 * start | stored only | tail: stored | tail: being written | tail: not handed out | last
 *                                    ^ persisted           ^ handed
 *         applied <= applying <= committed <= last
 * </pre>
 */
final class RaftLog {
    private final StoredLog stored;
    private final PendingWrites writes;
    private final Tail tail;
    private final int retainedBytesMax;
    private SnapshotPoint start;
    private long persisted;
    private long handed;
    private long committed;
    private long applying;
    private long applied;

    RaftLog(StoredLog stored, PendingWrites writes, long applied, int retainedBytesMax) {
        this.stored = stored;
        this.writes = writes;
        this.retainedBytesMax = retainedBytesMax;
        start = stored.start();
        persisted = stored.lastIndex();
        handed = persisted;
        tail = new Tail(persisted + 1);
        if (applied < start.index() || applied > persisted) {
            throw new IllegalArgumentException(
                    "the state has applied " + applied + ", but the log covers " + start.index() + " to " + persisted);
        }
        this.applied = applied;
        applying = applied;
        committed = applied;
    }

    SnapshotPoint start() {
        return start;
    }

    long lastIndex() {
        return tail.next() - 1;
    }

    long lastTerm() {
        return term(lastIndex());
    }

    long persisted() {
        return persisted;
    }

    long committed() {
        return committed;
    }

    long applied() {
        return applied;
    }

    long unstoredBytes() {
        return tail.bytesAbove(persisted);
    }

    /** The term at {@code index}, which lies between {@link #start} and {@link #lastIndex}, both included. */
    long term(long index) {
        if (index < start.index() || index > lastIndex()) {
            throw new AssertionError(
                    "term of " + index + " asked, the log covers " + start.index() + " to " + lastIndex());
        }
        if (index == start.index()) {
            return start.term();
        }
        return tail.holds(index) ? tail.get(index).term() : stored.term(index);
    }

    /** Whether the log has the entry named by {@code index} and {@code term}, or begins right after it. */
    boolean matches(long index, long term) {
        return index >= start.index() && index <= lastIndex() && term(index) == term;
    }

    /** Whether the entry that is committed at {@code index}, if it is still in the log, is of another term than {@code term}. */
    boolean contradictsCommitted(long index, long term) {
        return index >= start.index() && index <= committed && term(index) != term;
    }

    /** Whether a log that ends with {@code index} and {@code term} has everything that this one may have committed (§3.6.1). */
    boolean isCoveredBy(long index, long term) {
        return term > lastTerm() || (term == lastTerm() && index >= lastIndex());
    }

    /**
     * The highest index, at most {@code index}, where the term is at most {@code term}, going down to {@code floor} and no further; the
     * shortcut that finds in one step where two logs part (§3.5).
     */
    long highestWithTermAtMost(long index, long term, long floor) {
        long candidate = Math.min(index, lastIndex());
        while (candidate > floor && candidate >= start.index() && term(candidate) > term) {
            candidate--;
        }
        return candidate;
    }

    /** Entries from {@code from}, at least one, as many as fit; possibly fewer where memory and store meet. */
    List<Entry> entries(long from, long toExclusive, int bytesMax) {
        if (from <= start.index() || toExclusive > lastIndex() + 1 || from >= toExclusive) {
            throw new AssertionError("entries " + from + " to " + toExclusive + " asked, the log covers "
                    + start.index() + " to " + lastIndex());
        }
        return tail.holds(from)
                ? tail.entries(from, toExclusive, bytesMax)
                : stored.entries(from, Math.min(toExclusive, tail.first()), bytesMax);
    }

    void append(Entry entry) {
        if (entry.index() != lastIndex() + 1 || entry.term() < lastTerm()) {
            throw new AssertionError("entry " + entry + " cannot follow " + lastIndex() + "@" + lastTerm());
        }
        tail.add(entry);
    }

    void truncateFrom(long index) {
        if (index <= committed) {
            throw new AssertionError("entry " + index + " is to be removed, but committed is " + committed);
        }
        tail.truncateFrom(index);
        handed = Math.min(handed, index - 1);
        persisted = Math.min(persisted, index - 1);
        writes.limitTo(index - 1);
    }

    boolean hasUnhanded() {
        return handed < lastIndex();
    }

    List<Entry> takeUnhanded() {
        List<Entry> entries = hasUnhanded() ? tail.entries(handed + 1, lastIndex() + 1, Integer.MAX_VALUE) : List.of();
        handed = lastIndex();
        return entries;
    }

    void persistedTo(long index) {
        persisted = Math.max(persisted, index);
        tail.trim(persisted, retainedBytesMax);
    }

    void commitTo(long index) {
        if (index > lastIndex()) {
            throw new AssertionError("commit of " + index + " told, the log ends at " + lastIndex()
                    + ": this replica has lost entries that it had acknowledged");
        }
        committed = Math.max(committed, index);
    }

    /** Whether there is something to apply and nothing handed out is still being applied. */
    boolean hasCommitted() {
        return applied == applying && applying < Math.min(committed, persisted);
    }

    List<Entry> takeCommitted(int bytesMax) {
        if (!hasCommitted()) {
            return List.of();
        }
        List<Entry> entries = entries(applying + 1, Math.min(committed, persisted) + 1, bytesMax);
        applying = entries.get(entries.size() - 1).index();
        return entries;
    }

    void applied(long index) {
        if (index > applying) {
            throw new AssertionError("applied " + index + " is reported, handed out is " + applying);
        }
        applied = Math.max(applied, index);
    }

    void compactTo(SnapshotPoint point) {
        if (point.index() > applied || point.index() > persisted || point.index() < start.index()) {
            throw new AssertionError("no compaction to " + point.index());
        }
        start = point;
        tail.trimTo(point.index());
    }

    /** Forgets every entry: the log begins at {@code point}, which lies beyond all that is known to be committed. */
    void reset(SnapshotPoint point) {
        if (point.index() <= committed) {
            throw new AssertionError("a snapshot at " + point.index() + " replaces commits up to " + committed);
        }
        start = point;
        tail.reset(point.index() + 1);
        handed = point.index();
        persisted = 0;
        writes.limitTo(0);
        committed = point.index();
        applying = point.index();
    }
}
