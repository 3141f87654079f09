package io.mortar.journal.raft.sim;

import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.MembershipCodec;
import io.mortar.journal.raft.SnapshotPoint;
import java.util.Arrays;

/** What a replica has applied: a hash over all entries, that is equal on every replica that has applied the same ones. */
record SimState(SnapshotPoint point, long hash) {
    static SimState at(SnapshotPoint start) {
        return new SimState(start, 17);
    }

    SimState apply(Entry entry) {
        Membership membership =
                entry.kind() == Entry.Kind.MEMBERSHIP ? MembershipCodec.decode(entry.payload()) : point.membership();
        return new SimState(new SnapshotPoint(entry.index(), entry.term(), membership), hashAfter(entry));
    }

    /** What the hash becomes if only the content of {@code entry} counts, as it would for rows. */
    long hashAfter(Entry entry) {
        return Long.rotateLeft(hash * 0x9E3779B97F4A7C15L, 23) ^ (Arrays.hashCode(entry.payload()) + entry.term());
    }
}
