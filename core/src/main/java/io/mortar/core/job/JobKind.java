package io.mortar.core.job;

import java.util.Locale;

/** Kinds of background work. The order is that of urgency: of the kinds that move files, one job at a time does, the most urgent one. */
public enum JobKind {
    /** Gives bricks the chunks that they are known to lack. Always there. */
    HEAL,
    /** Deletes contents that nobody can see any more from bricks. Always there. */
    PURGE,
    /** Places the copies of a brick that is away for long on other bricks. */
    REBUILD,
    /** Moves everything off a brick that leaves the volume. */
    DRAIN,
    /** Gives files as many copies as the volume is to have. */
    RESHAPE,
    /** Evens out how full bricks are. */
    REBALANCE,
    /** Reads and verifies every chunk. */
    SCRUB;

    /** Whether such jobs give files other layouts. */
    public boolean movesFiles() {
        return this == REBUILD || this == DRAIN || this == RESHAPE || this == REBALANCE;
    }

    /** Whether there is always one. */
    public boolean isStanding() {
        return this == HEAL || this == PURGE;
    }

    /** Whether a user starts it; the others follow from what the volume is to be. */
    public boolean isStartedByUser() {
        return this == REBALANCE || this == SCRUB;
    }

    /** As users write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
