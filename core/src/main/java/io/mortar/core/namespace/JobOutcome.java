package io.mortar.core.namespace;

import io.mortar.core.job.JobState;
import io.mortar.core.refusal.Refusal;

/** Answer to a {@link JobCommand}. */
public sealed interface JobOutcome {
    /** The job with this number is under way. */
    record Started(long id) implements JobOutcome {}

    record Changed(JobState state) implements JobOutcome {}

    /** What is to be copied. */
    record Begun(RelocationPlan plan) implements JobOutcome {}

    /** The file is not to be copied: NOT_FOUND when it is gone or elsewhere, BRICK_DOWN when it cannot go there now. */
    record NotBegun(long inode, Refusal refusal) implements JobOutcome {}

    /** @param moved whether this gave the file the new layout */
    record Ended(long inode, boolean moved) implements JobOutcome {}

    /**
     * What was found is true now, too, and was dealt with.
     *
     * @param count chunks that will be healed; 1 for an orphan that will be deleted
     * @param hopeless chunks of which no other brick has a copy
     */
    record Noted(int count, int hopeless) implements JobOutcome {}

    record Refused(Refusal refusal) implements JobOutcome {}
}
