package io.mortar.node.simulation;

/** Ways to break the path of a metadata request, each of which the simulation must notice. */
enum Mutation {
    NONE,
    /** The answer is not remembered with the rows of the change. */
    DEDUP_ROW_DROPPED,
    /** A leader answers questions without asking whether it still is the leader. */
    READ_WITHOUT_QUORUM,
    /** A leader refuses changes without asking whether it still is the leader. */
    REFUSED_WITHOUT_QUORUM,
    /** A change is answered when it is in the leader's log, before a majority has it. */
    ANSWERED_BEFORE_COMMIT,
    /** A batch that was applied is applied again some time later. */
    APPLIED_TWICE,
    /** A leader decides before it has applied what earlier leaders acknowledged. */
    DECIDED_ON_OLD_STATE,
    /** A request that was sent to one leadership is carried out by a later one of the same node. */
    COPY_REACHES_LATER_LEADERSHIP,
    /** A client takes the answer to an earlier copy of a change although it has sent another. */
    ANSWER_TO_ANY_COPY
}
