package io.mortar.gateway.fake;

import io.mortar.client.namespace.JobsClient;
import io.mortar.core.job.JobAction;
import io.mortar.core.job.JobFailure;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobState;
import io.mortar.core.job.JobStatus;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Has the jobs and failed items that a test gave it, and keeps what it was asked to do. */
public final class FakeJobs implements JobsClient {
    /** By volume; others are refused. */
    public final Map<VolumeName, List<JobStatus>> jobs = new ConcurrentHashMap<>();

    public final Map<VolumeName, RefusedException> refusals = new ConcurrentHashMap<>();
    /** Such as {@code start bt-vol REBALANCE}. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    public volatile List<JobFailure> failures = List.of();
    public volatile long startedId;

    @Override
    public CompletionStage<List<JobStatus>> list(VolumeName volume) {
        List<JobStatus> listed = jobs.get(volume);
        return answer(
                volume,
                listed == null ? null : List.copyOf(listed),
                new RefusedException(RefusalCode.VOLUME_NOT_FOUND, "there is no volume " + volume));
    }

    @Override
    public CompletionStage<Long> start(VolumeName volume, JobKind kind) {
        requests.add("start " + volume + " " + kind);
        return answer(volume, startedId, null);
    }

    @Override
    public CompletionStage<JobState> control(VolumeName volume, long job, JobAction action, long value) {
        requests.add(action + " " + volume + "/" + job + " " + value);
        return answer(volume, JobState.RUNNING, null);
    }

    @Override
    public CompletionStage<List<JobFailure>> failures(VolumeName volume, long job, long after, int limit) {
        requests.add("failures " + volume + "/" + job);
        return answer(
                volume,
                failures.stream().filter(f -> f.inode() > after).limit(limit).toList(),
                null);
    }

    private <T> CompletionStage<T> answer(VolumeName volume, @Nullable T answer, @Nullable RefusedException otherwise) {
        RefusedException refusal = refusals.getOrDefault(volume, otherwise);
        if (refusals.containsKey(volume) || answer == null) {
            return CompletableFuture.failedStage(refusal == null ? new AssertionError() : refusal);
        }
        return CompletableFuture.completedStage(answer);
    }
}
