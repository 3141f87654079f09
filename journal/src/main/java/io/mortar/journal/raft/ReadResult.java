package io.mortar.journal.raft;

/** The answer to {@link RaftCore#readIndex} (§6.4). */
public sealed interface ReadResult {
    long readId();

    /** A state that has applied {@code index} contains every write that was acknowledged before the read was asked for. */
    record Confirmed(long readId, long index) implements ReadResult {}

    /** This replica is not, or no longer, the leader, or has {@link RaftSettings#readsMax()} reads waiting. */
    record Failed(long readId) implements ReadResult {}
}
