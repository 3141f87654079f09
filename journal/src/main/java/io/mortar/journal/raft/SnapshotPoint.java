package io.mortar.journal.raft;

/**
 * The point up to which a state has applied the log, or behind which a log begins (§5.1): index and term of the last entry that is
 * contained, and the membership in force after it.
 */
public record SnapshotPoint(long index, long term, Membership membership) {
    public SnapshotPoint {
        if (index < 0 || term < 0 || (index == 0) != (term == 0)) {
            throw new IllegalArgumentException("no snapshot point has index " + index + " and term " + term);
        }
    }

    /**
     * Where a log begins that holds nothing. The founders of a group, usually one, begin with all founders as voters; a replica that
     * is to join one begins with {@link Membership#NONE} and waits for its leader.
     */
    public static SnapshotPoint origin(Membership membership) {
        return new SnapshotPoint(0, 0, membership);
    }
}
