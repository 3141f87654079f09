package io.mortar.node.coordinator;

import akka.actor.typed.ActorRef;
import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobState;
import io.mortar.core.job.JobStatus;
import io.mortar.core.namespace.Jobs;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.Usage;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.pool.BrickId;
import io.mortar.node.job.JobReport;
import io.mortar.node.job.WorkTally;
import java.util.ArrayList;
import java.util.List;

/** Says which jobs a volume has and how far they are: from rows, and from the job that is worked on now. */
final class JobDesk {
    private final VolumePlacement placement;
    private final Surroundings surroundings;
    private final ConfirmedAnswers answers;
    private final WorkTally healed;
    private final WorkTally purged;

    JobDesk(VolumePlacement placement, Surroundings surroundings, WorkTally healed, WorkTally purged) {
        this.placement = placement;
        this.surroundings = surroundings;
        this.answers = ConfirmedAnswers.with(surroundings);
        this.healed = healed;
        this.purged = purged;
    }

    /** Answers with {@link Outcome.JobsListed}. */
    void describe(List<JobReport> reports, ActorRef<Outcome> replyTo) {
        Outcome listed = new Outcome.JobsListed(surroundings.namespace().read(rows -> list(rows, reports)));
        answers.whenConfirmed(
                "list the jobs of volume " + placement.volume(),
                () -> replyTo.tell(listed),
                refusal -> replyTo.tell(new Outcome.Refused(refusal)));
    }

    private List<JobStatus> list(Rows rows, List<JobReport> reports) {
        List<JobStatus> list = new ArrayList<>();
        long now = surroundings.clock().millis();
        List<Jobs.Numbered> jobs = Jobs.all(rows, placement.volume());
        long reduced = Usage.of(rows, placement.volume()).reducedFileCount();
        list.add(standing(jobs, Jobs.HEAL_ID, JobRow.begin(JobKind.HEAL, null, 0, now), healed, reduced));
        list.add(standing(jobs, Jobs.PURGE_ID, JobRow.begin(JobKind.PURGE, null, 0, now), purged, -1));
        jobs.stream().filter(job -> !job.row().kind().isStanding()).forEach(job -> list.add(status(job, reports)));
        return list;
    }

    private JobStatus status(Jobs.Numbered job, List<JobReport> reports) {
        return reports.stream()
                .filter(report -> report.job() == job.id())
                .findFirst()
                .map(report -> status(job.id(), job.row(), merged(job.row(), report), report.bytesPerSecond()))
                .orElseGet(() -> status(job.id(), job.row(), job.row().counts(), 0));
    }

    /**
     * Such a job has no row until somebody pauses or limits it; what it did is counted since this node leads.
     *
     * @param filesLeft -1 when unknown
     */
    private JobStatus standing(List<Jobs.Numbered> jobs, long id, JobRow untouched, WorkTally tally, long filesLeft) {
        JobRow row = jobs.stream()
                .filter(job -> job.id() == id)
                .map(Jobs.Numbered::row)
                .findFirst()
                .orElse(untouched);
        WorkTally.Snapshot done = tally.look();
        JobCounts counts =
                new JobCounts(done.files(), done.bytes(), filesLeft < 0 ? -1 : done.files() + filesLeft, -1, 0);
        JobStatus status = status(id, row, counts, done.bytesPerSecond());
        boolean isKnown = row.state() == JobState.RUNNING && filesLeft >= 0 && done.filesPerSecond() > 0;
        return isKnown ? status.endingIn(filesLeft / done.filesPerSecond()) : status;
    }

    /** Failed items are counted in rows alone. */
    private static JobCounts merged(JobRow row, JobReport report) {
        return report.counts().withFailed(row.counts().failed());
    }

    private JobStatus status(long id, JobRow row, JobCounts counts, long bytesPerSecond) {
        BrickId subject = row.subject();
        long left = counts.bytesTotal() - counts.bytes();
        boolean isKnown = row.state() == JobState.RUNNING && counts.bytesTotal() >= 0 && bytesPerSecond > 0;
        return new JobStatus(
                id,
                row.kind(),
                subject == null ? "" : placement.context().nameOf(subject),
                row.state(),
                counts,
                row.findings(),
                row.state() == JobState.RUNNING ? bytesPerSecond : 0,
                isKnown ? Math.max(0, left / bytesPerSecond) : -1,
                row.startedMillis(),
                row.endedMillis(),
                row.limitBytesPerSecond(),
                row.lastError());
    }
}
