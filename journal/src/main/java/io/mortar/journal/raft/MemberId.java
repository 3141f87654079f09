package io.mortar.journal.raft;

/**
 * Names a member of a group for good. An id must never be given to a replica that lost its stores: such a replica has forgotten its
 * votes, so it joins under a new id.
 */
public record MemberId(String value) implements Comparable<MemberId> {
    public MemberId {
        if (value.isEmpty() || value.length() > 255) {
            throw new IllegalArgumentException("a member id has 1 to 255 characters, not " + value.length());
        }
    }

    @Override
    public int compareTo(MemberId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
