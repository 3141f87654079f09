package io.mortar.journal.raft;

/**
 * The rules whose violation is hardest to see, in one place, so that tests can break each of them alone and show that the simulator
 * notices. Production code only ever uses {@link #CORRECT}.
 */
class RaftRules {
    static final RaftRules CORRECT = new RaftRules();

    /**
     * Whether a leader may conclude from a majority of copies that an entry is committed: only if it is of the leader's own term.
     * Older ones are committed along with it (§3.6.2, figure 3.7).
     */
    boolean commitsByCounting(long entryTerm, long leaderTerm) {
        return entryTerm == leaderTerm;
    }

    /**
     * Whether a leader may change the membership now: not before an entry of its term is committed, and one change at a time (§4.1;
     * the first condition was added on raft-dev in 2015, "bug in single-server membership changes").
     */
    boolean mayChangeMembership(boolean termCommitted, boolean lastChangeCommitted) {
        return termCommitted && lastChangeCommitted;
    }

    /**
     * The latest round of heartbeats by which reads may be answered: the one that a majority has answered in this term (§6.4).
     *
     * @param answered by a majority
     * @param started the latest one
     */
    long confirmedRound(long answered, long started) {
        return answered;
    }

    /**
     * Whether a follower that receives a snapshot may keep its own log: only if that holds the snapshot's last entry. Otherwise what
     * follows may conflict with it, and all of it has to go (§5.3).
     */
    boolean keepsLog(long ownTerm, long snapshotTerm) {
        return ownTerm == snapshotTerm;
    }
}
