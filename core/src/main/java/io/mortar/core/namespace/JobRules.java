package io.mortar.core.namespace;

import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobPosition;
import io.mortar.core.job.JobState;
import io.mortar.core.namespace.row.JobFailureRow;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import java.util.List;
import java.util.Objects;

/** Decides what the steps of background work change. Pure; called by the volume's coordinator. */
public final class JobRules {
    private JobRules() {}

    /** The changes and the outcome of {@code command}; a refusal changes nothing. */
    public static JobDecision decide(VolumeContext context, Rows rows, JobCommand command) {
        Draft draft = new Draft(context, rows);
        if (command instanceof JobCommand.Start start) {
            return start(draft, start);
        }
        if (command instanceof JobCommand.Control control) {
            return control(draft, control);
        }
        if (command instanceof JobCommand.Checkpoint checkpoint) {
            return checkpoint(draft, checkpoint);
        }
        if (command instanceof JobCommand.End end) {
            return end(draft, end);
        }
        if (command instanceof JobCommand.BeginRelocation begin) {
            return Relocations.begin(draft, begin);
        }
        if (command instanceof JobCommand.FinishRelocation finish) {
            return Relocations.finish(draft, finish);
        }
        if (command instanceof JobCommand.AbandonRelocation abandon) {
            return Relocations.abandon(draft, abandon);
        }
        if (command instanceof JobCommand.NoteDamage damage) {
            return Findings.note(draft, damage);
        }
        if (command instanceof JobCommand.DropOrphan orphan) {
            return Findings.drop(draft, orphan);
        }
        throw new AssertionError("unhandled " + command);
    }

    private static JobDecision start(Draft draft, JobCommand.Start command) {
        List<Jobs.Numbered> jobs = Jobs.all(draft.reader().rows(), draft.volume());
        for (Jobs.Numbered job : jobs) {
            JobRow row = job.row();
            if (!row.state().hasEnded()
                    && row.kind() == command.kind()
                    && row.parameter() == command.parameter()
                    && Objects.equals(row.subject(), command.subject())) {
                return accept(draft, new JobOutcome.Started(job.id()));
            }
        }
        long last = jobs.isEmpty() ? 0 : jobs.get(jobs.size() - 1).id();
        long id = Math.max(Jobs.PURGE_ID, last) + 1;
        draft.putJob(
                id,
                JobRow.begin(
                        command.kind(),
                        command.subject(),
                        command.parameter(),
                        draft.context().nowMillis()));
        forgetOldest(draft, jobs);
        return accept(draft, new JobOutcome.Started(id));
    }

    /** The last one of each kind stays: what is to be started next depends on it. */
    private static void forgetOldest(Draft draft, List<Jobs.Numbered> jobs) {
        List<Jobs.Numbered> ended =
                jobs.stream().filter(job -> job.row().state().hasEnded()).toList();
        ended.stream()
                .limit(Math.max(0, ended.size() - Jobs.ENDED_COUNT_MAX))
                .filter(old -> ended.stream()
                        .anyMatch(job -> job.id() > old.id()
                                && job.row().kind() == old.row().kind()))
                .forEach(old -> draft.deleteJob(old.id()));
    }

    private static JobDecision control(Draft draft, JobCommand.Control command) {
        JobRow row = Jobs.find(draft.reader().rows(), draft.volume(), command.job());
        long now = draft.context().nowMillis();
        if (row == null && command.job() == Jobs.HEAL_ID) {
            row = JobRow.begin(JobKind.HEAL, null, 0, now);
        } else if (row == null && command.job() == Jobs.PURGE_ID) {
            row = JobRow.begin(JobKind.PURGE, null, 0, now);
        } else if (row == null) {
            return refuse(
                    RefusalCode.NOT_FOUND,
                    "there is no job " + command.job() + " of this volume; 'mortar job list' shows those there are");
        }
        JobRow next = switch (command.action()) {
            case PAUSE -> row.state() == JobState.RUNNING ? row.in(JobState.PAUSED, 0, row.lastError()) : row;
            case RESUME -> row.state() == JobState.PAUSED ? row.in(JobState.RUNNING, 0, "") : row;
            case CANCEL -> row.state().hasEnded() ? row : row.in(JobState.CANCELLED, now, row.lastError());
            case RETRY -> row.state() == JobState.FAILED ? retry(row) : row;
            case LIMIT -> row.limitedTo(Math.max(0, command.value()));
        };
        String refusal = refusal(row, command);
        if (!refusal.isEmpty()) {
            return refuse(RefusalCode.BAD_REQUEST, "job " + command.job() + " was not changed: " + refusal);
        }
        draft.putJob(command.job(), next);
        return accept(draft, new JobOutcome.Changed(next.state()));
    }

    private static JobRow retry(JobRow row) {
        return row.in(JobState.RUNNING, 0, "")
                .at(
                        row.counts().failed() == 0 ? JobPosition.START : new JobPosition(JobPosition.RETRY, 0, 0),
                        row.counts(),
                        row.findings(),
                        row.surpluses(),
                        "");
    }

    private static String refusal(JobRow row, JobCommand.Control command) {
        return switch (command.action()) {
            case PAUSE, RESUME -> row.state().hasEnded() ? "it has ended, " + row.state() : "";
            case CANCEL ->
                row.kind().isStartedByUser()
                        ? ""
                        : "a " + row.kind().word() + " job ends when what it is for is taken back, such as with"
                                + " 'mortar volume remove-brick ... stop'; it can be paused";
            case RETRY ->
                row.state() == JobState.FAILED
                        ? ""
                        : "it is " + row.state() + "; only one that ended with failed items is tried again";
            case LIMIT -> limitRefusal(row, command.value());
        };
    }

    private static String limitRefusal(JobRow row, long bytesPerSecond) {
        if (bytesPerSecond < 0) {
            return "a limit of " + bytesPerSecond + " bytes per second is negative";
        }
        return row.kind() == JobKind.PURGE && bytesPerSecond > 0
                ? "a purge copies nothing that a limit could slow down; it can be paused"
                : "";
    }

    private static JobDecision checkpoint(Draft draft, JobCommand.Checkpoint command) {
        JobRow row = Jobs.find(draft.reader().rows(), draft.volume(), command.job());
        if (row == null || row.state().hasEnded()) {
            return accept(draft, new JobOutcome.Changed(row == null ? JobState.CANCELLED : row.state()));
        }
        long failed = row.counts().failed();
        for (JobCommand.FailedItem item : command.failed()) {
            if (draft.hasJobFailure(command.job(), item.inode()) || failed < Jobs.FAILURES_MAX) {
                failed += draft.putJobFailure(
                        command.job(),
                        item.inode(),
                        new JobFailureRow(draft.context().nowMillis(), item.reason()));
            }
        }
        for (long inode : command.mended()) {
            failed -= draft.deleteJobFailure(command.job(), inode);
        }
        draft.putJob(
                command.job(),
                row.at(
                        command.position(),
                        command.counts().withFailed(failed),
                        command.findings(),
                        command.surpluses(),
                        command.lastError()));
        return accept(draft, new JobOutcome.Changed(row.state()));
    }

    private static JobDecision end(Draft draft, JobCommand.End command) {
        JobRow row = Jobs.find(draft.reader().rows(), draft.volume(), command.job());
        if (row == null || row.state().hasEnded()) {
            return accept(draft, new JobOutcome.Changed(row == null ? JobState.CANCELLED : row.state()));
        }
        draft.putJob(command.job(), row.in(command.state(), draft.context().nowMillis(), command.lastError()));
        return accept(draft, new JobOutcome.Changed(command.state()));
    }

    static JobDecision accept(Draft draft, JobOutcome outcome) {
        return new JobDecision(draft.done(), outcome);
    }

    private static JobDecision refuse(RefusalCode code, String text) {
        return new JobDecision(List.of(), new JobOutcome.Refused(new Refusal(code, text)));
    }
}
