package io.mortar.client.namespace;

import io.mortar.core.job.JobAction;
import io.mortar.core.job.JobFailure;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobState;
import io.mortar.core.job.JobStatus;
import io.mortar.core.volume.VolumeName;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The background work of volumes. Everything may be repeated. Stages fail with {@link io.mortar.core.refusal.RefusedException}, with
 * TIMED_OUT when it is not known whether a change was made. Safe for use by several threads.
 */
public interface JobsClient {
    /** All jobs of a volume, by number. */
    CompletionStage<List<JobStatus>> list(VolumeName volume);

    /** Starts a job of a kind that users start, or finds the one that is under way; its number. */
    CompletionStage<Long> start(VolumeName volume, JobKind kind);

    /** @param value bytes per second for LIMIT, 0 for the configured rate; else 0 */
    CompletionStage<JobState> control(VolumeName volume, long job, JobAction action, long value);

    /**
     * Items that a job failed at, by inode.
     *
     * @param after inode of the last item of the page before; 0 for the first page
     * @param limit 1 to {@link io.mortar.core.namespace.Query.ListJobFailures#LIMIT_MAX}
     */
    CompletionStage<List<JobFailure>> failures(VolumeName volume, long job, long after, int limit);
}
