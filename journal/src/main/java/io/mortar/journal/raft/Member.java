package io.mortar.journal.raft;

/**
 * A member of a group.
 *
 * @param address where the member was last known to listen, as {@code host:port}: a hint for the shell, which the core never reads
 */
public record Member(MemberId id, String address, Role role) {
    /** What a member's copy counts for. */
    public enum Role {
        /** Votes, and counts towards the majority that commits. */
        VOTER,
        /** Receives the log without counting, for example until it has caught up (§4.2.1). */
        LEARNER
    }

    /** A member that votes. */
    public static Member voter(MemberId id, String address) {
        return new Member(id, address, Role.VOTER);
    }

    /** A member that only listens. */
    public static Member learner(MemberId id, String address) {
        return new Member(id, address, Role.LEARNER);
    }
}
