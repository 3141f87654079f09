package io.mortar.journal.raft;

import org.jspecify.annotations.Nullable;

/** The answer to a proposal. */
public sealed interface Proposal {
    /**
     * The entry is in the leader's log. It is committed if an entry with this index <i>and</i> this term is handed out in {@link
     * Ready#committed()}, and lost if one with this index and another term is; until then its outcome is unknown.
     */
    record Accepted(long index, long term) implements Proposal {}

    /**
     * Nothing happened.
     *
     * @param leader who may accept, as far as known
     */
    record Refused(Reason reason, @Nullable MemberId leader) implements Proposal {}

    /** Why nothing happened. */
    enum Reason {
        /** Ask the leader. */
        NOT_LEADER,
        /** Leadership is being handed over: ask the next leader soon. */
        TRANSFERRING,
        /** {@link RaftSettings#uncommittedBytesMax()} is reached: ask again when entries have been committed. */
        OVERLOADED,
        /** The payload exceeds {@link RaftSettings#entryBytesMax()}. */
        TOO_LARGE,
        /** The leader has not yet committed an entry of its term (the correction of §4.1: raft-dev, "bug in single-server membership changes"). */
        TERM_NOT_COMMITTED,
        /** An earlier change of membership is not committed (§4.1). */
        CHANGE_PENDING,
        /** More than one voter would change, or none would be left. */
        NOT_ONE_VOTER
    }
}
