package io.mortar.node.job;

import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobState;
import io.mortar.core.layout.BrickState;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.Jobs;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.pool.BrickId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a volume should have so that it becomes what it is to be: one for each brick that is leaving or away for long, one for a
 * changed number of replicas. Nobody starts them and nobody can forget to: they follow from the volume, whoever leads.
 */
final class JobWishes {
    private JobWishes() {}

    /**
     * Commands that bring the jobs to what they should be; none if they are.
     *
     * @param awaySinceMillis bricks that have not answered for so long that their copies are to be made elsewhere, and since when
     */
    static List<JobCommand> of(
            VolumeContext context, long shapeNumber, List<Jobs.Numbered> jobs, Map<BrickId, Long> awaySinceMillis) {
        List<JobCommand> commands = new ArrayList<>();
        Set<BrickId> leaving = context.bricks().stream()
                .filter(BrickState::leaving)
                .map(BrickState::id)
                .collect(Collectors.toSet());
        Set<BrickId> present = context.bricks().stream().map(BrickState::id).collect(Collectors.toSet());
        Set<BrickId> serving = context.bricks().stream()
                .filter(BrickState::serving)
                .map(BrickState::id)
                .collect(Collectors.toSet());
        for (Jobs.Numbered job : jobs) {
            JobCommand.End end = end(job, leaving, present, serving, shapeNumber);
            if (end != null) {
                commands.add(end);
            }
        }
        for (BrickId brick : leaving) {
            if (isMissing(jobs, JobKind.DRAIN, brick)) {
                commands.add(new JobCommand.Start(JobKind.DRAIN, brick, 0));
            }
        }
        awaySinceMillis.forEach((brick, since) -> {
            if (!leaving.contains(brick)
                    && isMissing(jobs, JobKind.REBUILD, brick)
                    && !isRebuilt(jobs, brick, since)
                    && canRebuild(context)) {
                commands.add(new JobCommand.Start(JobKind.REBUILD, brick, 0));
            }
        });
        if (shapeNumber > 0
                && jobs.stream()
                        .noneMatch(job -> job.row().kind() == JobKind.RESHAPE
                                && job.row().parameter() == shapeNumber
                                && job.row().state() != JobState.CANCELLED)) {
            commands.add(new JobCommand.Start(JobKind.RESHAPE, null, shapeNumber));
        }
        return commands;
    }

    /** The end of a job that is no longer wanted, or null. */
    private static JobCommand.@Nullable End end(
            Jobs.Numbered job, Set<BrickId> leaving, Set<BrickId> present, Set<BrickId> serving, long shapeNumber) {
        JobRow row = job.row();
        BrickId subject = row.subject();
        if (row.state().hasEnded()) {
            return null;
        }
        if (row.kind() == JobKind.DRAIN && subject != null && !leaving.contains(subject)) {
            return present.contains(subject)
                    ? new JobCommand.End(job.id(), JobState.CANCELLED, "the brick stays in the volume")
                    : new JobCommand.End(job.id(), JobState.DONE, "");
        }
        if (row.kind() == JobKind.REBUILD
                && subject != null
                && (serving.contains(subject) || leaving.contains(subject) || !present.contains(subject))) {
            return new JobCommand.End(
                    job.id(), JobState.CANCELLED, "the brick is back, or is being taken out of the volume");
        }
        if (row.kind() == JobKind.RESHAPE && row.parameter() != shapeNumber) {
            return new JobCommand.End(job.id(), JobState.CANCELLED, "the number of copies was changed again");
        }
        return null;
    }

    private static boolean isMissing(List<Jobs.Numbered> jobs, JobKind kind, BrickId brick) {
        return jobs.stream()
                .noneMatch(job -> job.row().kind() == kind
                        && brick.equals(job.row().subject())
                        && !job.row().state().hasEnded());
    }

    private static boolean isRebuilt(List<Jobs.Numbered> jobs, BrickId brick, long sinceMillis) {
        return jobs.stream()
                .anyMatch(job -> job.row().kind() == JobKind.REBUILD
                        && brick.equals(job.row().subject())
                        && job.row().state() == JobState.DONE
                        && job.row().startedMillis() >= sinceMillis);
    }

    /** Only if there is a machine for each copy, without the one that is away. */
    private static boolean canRebuild(VolumeContext context) {
        return context.spec().replicaCount() > 1
                && context.bricks().stream()
                                .filter(BrickState::accepting)
                                .map(brick -> brick.location().node())
                                .distinct()
                                .count()
                        >= context.spec().replicaCount();
    }
}
