package io.mortar.node.coordinator;

import akka.actor.typed.ActorRef;
import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobState;
import io.mortar.core.job.JobStatus;
import io.mortar.core.layout.BrickState;
import io.mortar.core.namespace.Jobs;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.Usage;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.pool.BrickId;
import io.mortar.node.job.JobReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which jobs a volume has and how far they are: from rows, and from the job that is worked on now. */
final class JobDesk {
    private final VolumePlacement placement;
    private final Surroundings surroundings;
    private final ConfirmedAnswers answers;

    JobDesk(VolumePlacement placement, Surroundings surroundings) {
        this.placement = placement;
        this.surroundings = surroundings;
        this.answers = ConfirmedAnswers.with(surroundings);
    }

    /** Answers with {@link Outcome.JobsListed}. */
    void describe(JobReport report, ActorRef<Outcome> replyTo) {
        Outcome listed = new Outcome.JobsListed(surroundings.namespace().read(rows -> list(rows, report)));
        answers.whenConfirmed(
                "list the jobs of volume " + placement.volume(),
                () -> replyTo.tell(listed),
                refusal -> replyTo.tell(new Outcome.Refused(refusal)));
    }

    private List<JobStatus> list(Rows rows, JobReport report) {
        List<JobStatus> list = new ArrayList<>();
        long now = surroundings.clock().millis();
        List<Jobs.Numbered> jobs = Jobs.all(rows, placement.volume());
        long reduced = Usage.of(rows, placement.volume()).reducedFileCount();
        list.add(standing(jobs, Jobs.HEAL_ID, JobRow.begin(JobKind.HEAL, null, 0, now), reduced));
        list.add(standing(jobs, Jobs.PURGE_ID, JobRow.begin(JobKind.PURGE, null, 0, now), -1));
        jobs.stream()
                .filter(job -> !job.row().kind().isStanding())
                .forEach(job -> list.add(
                        job.id() == report.job()
                                ? status(job.id(), job.row(), merged(job.row(), report), report.bytesPerSecond())
                                : status(job.id(), job.row(), job.row().counts(), 0)));
        return list;
    }

    /** Such a job has no row until somebody pauses or limits it. */
    private JobStatus standing(List<Jobs.Numbered> jobs, long id, JobRow untouched, long filesTotal) {
        JobRow row = jobs.stream()
                .filter(job -> job.id() == id)
                .map(Jobs.Numbered::row)
                .findFirst()
                .orElse(untouched);
        return status(id, row, row.counts().withTotals(filesTotal, -1), 0);
    }

    /** Failed items are counted in rows alone. */
    private static JobCounts merged(JobRow row, JobReport report) {
        return report.counts().withFailed(row.counts().failed());
    }

    private JobStatus status(long id, JobRow row, JobCounts counts, long bytesPerSecond) {
        long left = counts.bytesTotal() - counts.bytes();
        boolean isKnown = row.state() == JobState.RUNNING && counts.bytesTotal() >= 0 && bytesPerSecond > 0;
        return new JobStatus(
                id,
                row.kind(),
                subject(row.subject()),
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

    /** The location of the brick, or its number when it has left the volume. */
    private String subject(@Nullable BrickId brick) {
        if (brick == null) {
            return "";
        }
        return placement.context().bricks().stream()
                .filter(state -> state.id().equals(brick))
                .map(BrickState::location)
                .map(Object::toString)
                .findFirst()
                .orElse(brick.toString());
    }
}
