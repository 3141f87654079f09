package io.mortar.gateway.admin;

import io.mortar.client.namespace.JobsClient;
import io.mortar.client.report.PoolReports;
import io.mortar.client.report.VolumesReport;
import io.mortar.core.health.Reason;
import io.mortar.core.job.JobStatus;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeState;
import io.mortar.gateway.admin.JobsJson.UnansweredJson;
import io.mortar.gateway.problem.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Requests about the background work of volumes. */
final class JobRequests {
    private final JobsClient jobs;
    private final PoolReports reports;

    JobRequests(JobsClient jobs, PoolReports reports) {
        this.jobs = jobs;
        this.reports = reports;
    }

    /** The jobs of one volume, or why it did not say. */
    private record Part(
            VolumeName volume,
            List<JobStatus> jobs,
            @Nullable Refusal refusal) {}

    /** The jobs of all volumes that are started. */
    CompletionStage<JobsJson> listAll() {
        return reports.volumes().thenCompose(this::listAll);
    }

    private CompletionStage<JobsJson> listAll(VolumesReport report) {
        List<CompletableFuture<Part>> parts = report.volumes().stream()
                .filter(volume -> volume.status().state() == VolumeState.STARTED)
                .map(volume -> volume.status().name())
                .map(volume -> report.origin().partial() ? unasked(volume, report) : ask(volume))
                .map(CompletionStage::toCompletableFuture)
                .toList();
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(all -> merged(
                        parts.stream().map(CompletableFuture::join).toList(),
                        report.origin().partial()));
    }

    /** While the registry is away nobody serves the volumes either: asking each of them would only take long. */
    private static CompletionStage<Part> unasked(VolumeName volume, VolumesReport report) {
        String why = report.reasons().stream().map(Reason::text).findFirst().orElse("the metadata did not answer");
        return CompletableFuture.completedStage(
                new Part(volume, List.of(), new Refusal(RefusalCode.METADATA_UNAVAILABLE, why)));
    }

    private CompletionStage<Part> ask(VolumeName volume) {
        return jobs.list(volume).handle((listed, failure) -> {
            if (listed != null) {
                return new Part(volume, listed, null);
            }
            Throwable cause = Failures.cause(failure);
            if (cause instanceof RefusedException refused) {
                return new Part(volume, List.of(), refused.refusal());
            }
            throw new CompletionException(cause);
        });
    }

    private static JobsJson merged(List<Part> parts, boolean partial) {
        List<JobJson> listed = new ArrayList<>();
        List<UnansweredJson> unanswered = new ArrayList<>();
        for (Part part : parts) {
            Refusal refusal = part.refusal();
            if (refusal == null) {
                part.jobs().forEach(job -> listed.add(JobJson.of(part.volume(), job)));
            } else if (!isGone(refusal)) {
                unanswered.add(
                        new UnansweredJson(part.volume().value(), refusal.code().name(), refusal.text()));
            }
        }
        return new JobsJson(partial || !unanswered.isEmpty(), listed, unanswered);
    }

    /** Stopped or deleted since it was listed. */
    private static boolean isGone(Refusal refusal) {
        return refusal.code() == RefusalCode.VOLUME_NOT_STARTED || refusal.code() == RefusalCode.VOLUME_NOT_FOUND;
    }

    CompletionStage<JobsJson> list(String name) {
        VolumeName volume = VolumeRequests.existing(name);
        return jobs.list(volume)
                .thenApply(listed -> new JobsJson(
                        false,
                        listed.stream().map(job -> JobJson.of(volume, job)).toList(),
                        List.of()));
    }

    CompletionStage<JobJson> describe(String name, String id) {
        VolumeName volume = VolumeRequests.existing(name);
        return find(volume, number(volume, id));
    }

    CompletionStage<JobJson> start(String name, StartJobJson body) {
        VolumeName volume = VolumeRequests.existing(name);
        return jobs.start(volume, body.checkedKind()).thenCompose(id -> find(volume, id));
    }

    CompletionStage<JobJson> control(String name, String id, ControlJobJson body) {
        VolumeName volume = VolumeRequests.existing(name);
        long job = number(volume, id);
        ControlJobJson.Checked wanted = body.checked();
        return jobs.control(volume, job, wanted.action(), wanted.value()).thenCompose(state -> find(volume, job));
    }

    CompletionStage<JobFailuresJson> failures(String name, String id, FailuresPage page) {
        VolumeName volume = VolumeRequests.existing(name);
        return find(volume, number(volume, id))
                .thenCompose(job -> jobs.failures(volume, job.id(), page.after(), page.limit()))
                .thenApply(failures -> JobFailuresJson.of(failures, page.limit()));
    }

    private CompletionStage<JobJson> find(VolumeName volume, long id) {
        return jobs.list(volume)
                .thenApply(listed -> listed.stream()
                        .filter(job -> job.id() == id)
                        .findFirst()
                        .map(job -> JobJson.of(volume, job))
                        .orElseThrow(() -> noSuchJob(volume, Long.toString(id))));
    }

    private static long number(VolumeName volume, String id) {
        if (!id.matches("[1-9]\\d{0,17}")) {
            throw noSuchJob(volume, id);
        }
        return Long.parseLong(id);
    }

    private static RefusedException noSuchJob(VolumeName volume, String id) {
        return new RefusedException(
                RefusalCode.NOT_FOUND,
                "the volume '" + volume + "' has no job '" + id + "': see 'mortar job list " + volume + "'");
    }
}
