package io.mortar.journal.raft;

import java.util.Arrays;

/**
 * One entry of the log. Index and term together name an entry: two logs that hold the same pair hold the same entry there and the same
 * entries before it (log matching, §3.5). The payload is shared, not copied: nobody changes it.
 *
 * @param index place in the log, from 1
 * @param term term of the leader that made the entry
 */
public record Entry(long index, long term, Kind kind, byte[] payload) {
    private static final int OVERHEAD_BYTES = 32;

    /** What the payload is. */
    public enum Kind {
        /** Nothing: the entry with which a leader begins its term (§3.6.2, §6.4). To be applied like any other, as its index counts. */
        EMPTY,
        /** What {@link RaftCore#propose} was given. */
        ROWS,
        /** A {@link MembershipCodec membership}. The first entry of every group is one, that of its founders. */
        MEMBERSHIP
    }

    public Entry {
        if (index < 1 || term < 1) {
            throw new IllegalArgumentException("an entry has index and term from 1, not " + index + " and " + term);
        }
    }

    /** What this entry counts for in every limit in bytes: its payload and a flat fee. */
    public int sizeBytes() {
        return payload.length + OVERHEAD_BYTES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry that
                && index == that.index
                && term == that.term
                && kind == that.kind
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(index * 31 + term);
    }

    @Override
    public String toString() {
        return index + "@" + term + (kind == Kind.ROWS ? "" : " " + kind);
    }
}
