package io.mortar.journal.membership;

import io.mortar.journal.raft.MemberId;

/** One single-server change of a membership (Ongaro's dissertation, section 4.1). */
public sealed interface MemberChange {
    MemberId id();

    /** Gives a node a copy that does not vote. */
    record AddLearner(MemberId id, String address) implements MemberChange {}

    /** Lets a learner vote. */
    record Promote(MemberId id) implements MemberChange {}

    /** Takes the vote from a voter, which keeps its copy. */
    record Demote(MemberId id) implements MemberChange {}

    /** Takes a voter or learner out. A leader that is to go hands its leadership over instead, so that the next one can do it. */
    record Remove(MemberId id) implements MemberChange {}
}
