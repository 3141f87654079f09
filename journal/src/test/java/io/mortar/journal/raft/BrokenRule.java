package io.mortar.journal.raft;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Cores with one rule broken, to show that the tests notice. */
public enum BrokenRule {
    COMMITS_OLD_TERMS_BY_COUNTING,
    OVERLAPS_MEMBERSHIP_CHANGES,
    READS_WITHOUT_QUORUM,
    KEEPS_ANY_SUFFIX;

    /** A core with {@code broken} broken, or a correct one. */
    public static RaftCore core(
            @Nullable BrokenRule broken,
            MemberId self,
            RaftSettings settings,
            MemoryLog log,
            long applied,
            RandomGenerator random) {
        RaftRules rules = broken == null ? RaftRules.CORRECT : new BrokenRules(broken);
        return new RaftCore(self, settings, rules, log.hardState(), log, applied, random);
    }

    private static final class BrokenRules extends RaftRules {
        private final BrokenRule broken;

        BrokenRules(BrokenRule broken) {
            this.broken = broken;
        }

        @Override
        boolean commitsByCounting(long entryTerm, long leaderTerm) {
            return broken == COMMITS_OLD_TERMS_BY_COUNTING || super.commitsByCounting(entryTerm, leaderTerm);
        }

        @Override
        boolean mayChangeMembership(boolean termCommitted, boolean lastChangeCommitted) {
            return broken == OVERLAPS_MEMBERSHIP_CHANGES
                    || super.mayChangeMembership(termCommitted, lastChangeCommitted);
        }

        @Override
        long confirmedRound(long answered, long started) {
            return broken == READS_WITHOUT_QUORUM ? started : super.confirmedRound(answered, started);
        }

        @Override
        boolean keepsLog(long ownTerm, long snapshotTerm) {
            return broken == KEEPS_ANY_SUFFIX || super.keepsLog(ownTerm, snapshotTerm);
        }
    }
}
