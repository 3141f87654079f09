package io.mortar.client.namespace;

import io.mortar.core.job.JobAction;
import io.mortar.core.job.JobFailure;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobState;
import io.mortar.core.job.JobStatus;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.volume.VolumeName;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Asks the coordinators of the volumes. */
public final class VolumeJobs implements JobsClient {
    private final NamespaceClient namespace;

    public VolumeJobs(NamespaceClient namespace) {
        this.namespace = namespace;
    }

    @Override
    public CompletionStage<List<JobStatus>> list(VolumeName volume) {
        return namespace.jobs(volume).thenApply(Outcome.JobsListed::jobs);
    }

    @Override
    public CompletionStage<Long> start(VolumeName volume, JobKind kind) {
        return namespace.startJob(volume, kind).thenApply(Outcome.JobStarted::id);
    }

    @Override
    public CompletionStage<JobState> control(VolumeName volume, long job, JobAction action, long value) {
        return namespace.controlJob(volume, job, action, value).thenApply(Outcome.JobChanged::state);
    }

    @Override
    public CompletionStage<List<JobFailure>> failures(VolumeName volume, long job, long after, int limit) {
        return namespace
                .query(Outcome.JobFailuresListed.class, volume, new Query.ListJobFailures(job, after, limit))
                .thenApply(Outcome.JobFailuresListed::failures);
    }
}
