package io.mortar.journal.raft;

/**
 * What a replica does in one of the roles of figure 3.3. A role's state lives and dies with its object: nothing of a past leadership
 * or candidacy can leak into the next one.
 */
abstract sealed class Role permits Follower, Candidate, Leader {
    /** The first thing done in the role. */
    abstract void begin();

    abstract RaftStatus.RoleName name();

    abstract void tick();

    /** Handles a message of the present term other than a request for a vote. */
    abstract void step(Message message);

    /** More of the log, or the hard state, is durable. */
    abstract void persisted();

    /** Whether requests for votes are ignored, because there is a leader that a majority hears (§4.2.3). */
    abstract boolean protectsLeader();

    /** Called before a {@link Ready} is made: the time to send what was collected. */
    void flush() {}

    /** The last thing done in the role. */
    void end() {}
}
