package io.mortar.journal.raft.sim;

import io.mortar.journal.raft.BrokenRule;
import org.jspecify.annotations.Nullable;

/** Mistakes that the simulator must notice, in the core or in the shell around it. */
enum Mutation {
    NONE(null),
    ACKNOWLEDGES_BEFORE_SYNC(null),
    FORGETS_VOTE(null),
    APPLIES_TWICE(null),
    COMMITS_OLD_TERMS_BY_COUNTING(BrokenRule.COMMITS_OLD_TERMS_BY_COUNTING),
    OVERLAPS_MEMBERSHIP_CHANGES(BrokenRule.OVERLAPS_MEMBERSHIP_CHANGES),
    READS_WITHOUT_QUORUM(BrokenRule.READS_WITHOUT_QUORUM),
    KEEPS_ANY_SUFFIX(BrokenRule.KEEPS_ANY_SUFFIX);

    private final @Nullable BrokenRule brokenRule;

    Mutation(@Nullable BrokenRule brokenRule) {
        this.brokenRule = brokenRule;
    }

    @Nullable
    BrokenRule brokenRule() {
        return brokenRule;
    }
}
