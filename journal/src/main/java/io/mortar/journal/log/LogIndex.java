package io.mortar.journal.log;

import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.MembershipCodec;
import io.mortar.journal.raft.SnapshotPoint;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of a log without reading it: its ends, the terms of its entries as runs, and the memberships in it. A run costs about 100
 * bytes, and there is one per election that the log still holds. Safe for use by several threads.
 */
final class LogIndex {
    private SnapshotPoint start;
    private long lastIndex;
    /** Key: the first index of a run of entries of one term; the first run begins at the start. */
    private final TreeMap<Long, Long> terms = new TreeMap<>();

    private final TreeMap<Long, Membership> memberships = new TreeMap<>();

    LogIndex(SnapshotPoint start) {
        this.start = start;
        restart(start);
    }

    /** Forgets everything: the log is empty after {@code point}. */
    synchronized void restart(SnapshotPoint point) {
        start = point;
        lastIndex = point.index();
        terms.clear();
        terms.put(point.index(), point.term());
        memberships.clear();
    }

    synchronized SnapshotPoint start() {
        return start;
    }

    synchronized long lastIndex() {
        return lastIndex;
    }

    synchronized long term(long index) {
        if (index < start.index() || index > lastIndex) {
            throw new IllegalArgumentException(
                    "the log holds " + start.index() + " to " + lastIndex + ", not " + index);
        }
        return terms.floorEntry(index).getValue();
    }

    /** The membership that holds once {@code index} is applied. */
    synchronized Membership membership(long index) {
        Map.Entry<Long, Membership> latest = memberships.floorEntry(index);
        return latest == null ? start.membership() : latest.getValue();
    }

    /** Takes {@code entry} for the next one, or for one that is there, which goes with all after it. */
    synchronized void add(Entry entry) {
        terms.tailMap(entry.index(), true).clear();
        memberships.tailMap(entry.index(), true).clear();
        lastIndex = entry.index();
        if (terms.lastEntry().getValue() != entry.term()) {
            terms.put(entry.index(), entry.term());
        }
        if (entry.kind() == Entry.Kind.MEMBERSHIP) {
            memberships.put(entry.index(), MembershipCodec.decode(entry.payload()));
        }
    }

    /** The point that a log would start at whose entries up to {@code index} were dropped. */
    synchronized SnapshotPoint point(long index) {
        return new SnapshotPoint(index, term(index), membership(index));
    }

    /** Drops everything before {@code point}, which is in the log. */
    synchronized void startAt(SnapshotPoint point) {
        start = point;
        terms.headMap(point.index(), true).clear();
        terms.put(point.index(), point.term());
        memberships.headMap(point.index(), true).clear();
    }
}
