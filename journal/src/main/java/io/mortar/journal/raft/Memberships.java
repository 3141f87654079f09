package io.mortar.journal.raft;

import java.util.Map;
import java.util.TreeMap;

/**
 * The membership after every entry of the log that changed it. A replica uses the latest one in its log, committed or not (§4.1), so
 * truncating the log brings back the one before.
 */
final class Memberships {
    private final TreeMap<Long, Membership> byIndex = new TreeMap<>();

    Memberships(SnapshotPoint start) {
        reset(start);
    }

    Membership current() {
        return byIndex.lastEntry().getValue();
    }

    long currentIndex() {
        return byIndex.lastKey();
    }

    /** The membership in force after the entry at {@code index}. */
    Membership at(long index) {
        Map.Entry<Long, Membership> entry = byIndex.floorEntry(index);
        if (entry == null) {
            throw new AssertionError(
                    "the membership at " + index + " was compacted away, the log begins at " + byIndex.firstKey());
        }
        return entry.getValue();
    }

    /**
     * Whether {@code id} votes in the latest membership, or in one that may still be in force elsewhere because what came after it is
     * not known to be committed. Such a member must still stand for election, though it does not count itself: it may be the only one
     * whose log suffices (§4.2.2, figure 4.6; test: {@code a_leader_that_crashed_while_it_removed_itself_is_still_electable}).
     */
    boolean mayStand(MemberId id, long committed) {
        long from = byIndex.floorKey(committed);
        return byIndex.tailMap(from, true).values().stream().anyMatch(membership -> membership.isVoter(id));
    }

    void appended(Entry entry) {
        if (entry.kind() == Entry.Kind.MEMBERSHIP) {
            byIndex.put(entry.index(), MembershipCodec.decode(entry.payload()));
        }
    }

    void truncatedFrom(long index) {
        byIndex.tailMap(index, true).clear();
    }

    void compactedTo(long index) {
        Membership membership = at(index);
        byIndex.headMap(index, true).clear();
        byIndex.put(index, membership);
    }

    void reset(SnapshotPoint start) {
        byIndex.clear();
        byIndex.put(start.index(), start.membership());
    }
}
