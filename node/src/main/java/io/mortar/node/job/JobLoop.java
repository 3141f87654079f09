package io.mortar.node.job;

import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobPosition;
import io.mortar.core.job.JobState;
import io.mortar.core.layout.BrickRoom;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.JobOutcome;
import io.mortar.core.namespace.Jobs;
import io.mortar.core.namespace.RelocationPlan;
import io.mortar.core.namespace.Relocations;
import io.mortar.core.namespace.Vacancy;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.node.copying.CopyResult;
import io.mortar.node.copying.Pace;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link JobEngine} does, without its actor: told of time and of answers, it says what is to be done next. It keeps nothing that is
 * not in rows too, or found again from them. For one thread.
 *
 * <pre>
 * look for files that are not where they should be -> begin (a row says so) -> copy all chunks, brick to brick -> finish (one batch)
 * </pre>
 */
final class JobLoop {
    private static final int INODES_PER_TURN = 5_000;
    /** Of failed items, before a job that a user started ends with them: with its rests, longer than a node takes to start again. */
    private static final int RETRIES_MAX = 3;

    private final JobVolume volume;
    private final Effects effects;
    private final Mover mover;
    private final AwayBricks away;
    private final Pace pace;
    private final RateMeter meter;
    private @Nullable MoveRun run;
    private boolean filling;
    private boolean checkpointing;
    private boolean wishing;
    private int beginCount;
    private int provenDeparture;
    private long restUntilNanos;
    private long restNanos;

    /** What it has others do. */
    interface Effects extends Mover.Copying {
        /** {@link #stepped} is to be called with the answer, or without one when none came in time. */
        void step(JobCommand command);

        /** {@link #pump} is to be called then. */
        void wakeAfter(long nanos);

        /** For the log. */
        void begun(long job, JobKind kind, JobCounts counts);

        /** Monotonic. */
        long nanoTime();
    }

    JobLoop(JobVolume volume, Effects effects) {
        this.volume = volume;
        this.effects = effects;
        JobSettings settings = volume.settings();
        this.mover = new Mover(settings.chunksInFlight(), effects, effects::step);
        this.away = new AwayBricks(settings.rebuildAfter().toMillis());
        this.pace = new Pace(settings.bytesPerSecond());
        this.meter = new RateMeter(effects.nanoTime());
        this.restUntilNanos = effects.nanoTime();
        this.restNanos = settings.retryInterval().toNanos();
        volume.read(rows -> Relocations.underWay(rows, volume.context().volume()))
                .forEach(mover::add);
    }

    JobReport report() {
        MoveRun current = run;
        return current == null
                ? JobReport.NONE
                : new JobReport(current.id(), current.counts(), meter.perSecond(effects.nanoTime()));
    }

    /** To be called every {@link JobSettings#interval}. */
    void tick() {
        VolumeContext context = volume.context();
        List<Jobs.Numbered> jobs = volume.read(rows -> Jobs.all(rows, context.volume()));
        away.observe(context);
        if (!wishing) {
            // One at a time: the next look sees what the first one led to.
            JobWishes.of(context, volume.shapeNumber(), jobs, away.forLong(context.nowMillis())).stream()
                    .findFirst()
                    .ifPresent(this::wish);
        }
        choose(jobs, context);
        checkpoint();
        pump();
    }

    private void wish(JobCommand command) {
        wishing = true;
        effects.step(command);
    }

    /** Goes over to the most urgent job, as soon as nothing of the present one is under way. */
    private void choose(List<Jobs.Numbered> jobs, VolumeContext context) {
        Optional<Jobs.Numbered> wanted = jobs.stream()
                .filter(job -> job.row().kind().movesFiles() && job.row().state() == JobState.RUNNING)
                .min(Comparator.comparing((Jobs.Numbered job) -> job.row().kind())
                        .thenComparing(Jobs.Numbered::id));
        MoveRun current = run;
        filling = current != null && wanted.isPresent() && wanted.get().id() == current.id();
        if (current != null && !filling && current.openCount() == 0 && !checkpointing) {
            run = null;
            current = null;
        }
        if (current == null && wanted.isPresent() && !checkpointing) {
            JobRow row = wanted.get().row();
            MoveRun next = new MoveRun(wanted.get().id(), row, context);
            volume.read(rows -> {
                next.measure(rows, context);
                return true;
            });
            run = next;
            provenDeparture = 0;
            filling = true;
            effects.begun(next.id(), row.kind(), next.counts());
            restUntilNanos = effects.nanoTime();
        }
        wanted.ifPresent(job -> pace.limitTo(
                job.row().limitBytesPerSecond() > 0
                        ? job.row().limitBytesPerSecond()
                        : volume.settings().bytesPerSecond()));
    }

    /** Goes on with whatever can go on. */
    void pump() {
        MoveRun current = run;
        if (current != null && filling) {
            fill(current);
        }
        long waitNanos = mover.pump(pace, effects.nanoTime());
        if (waitNanos > 0) {
            effects.wakeAfter(waitNanos);
        }
    }

    private void fill(MoveRun current) {
        int free = volume.settings().filesInFlight() - mover.fileCount() - beginCount;
        if (effects.nanoTime() - restUntilNanos < 0) {
            return;
        }
        if (current.isThrough()) {
            through(current);
        } else if (free > 0 && !current.isScanned()) {
            VolumeContext context = volume.context();
            BrickRoom room = new BrickRoom(context.bricks(), context.jobReserveBytes());
            mover.coming().forEach(room::take);
            List<JobCommand.BeginRelocation> begins =
                    volume.read(rows -> current.next(rows, context, room, free, INODES_PER_TURN));
            beginCount += begins.size();
            begins.forEach(effects::step);
            if (begins.size() < free && !current.isScanned()) {
                effects.wakeAfter(0);
            }
        }
    }

    /** Nothing is left to look at. What follows is decided from rows, so all of it must be in them first. */
    private void through(MoveRun current) {
        if (checkpointing || current.isChanged()) {
            return;
        }
        VolumeContext context = volume.context();
        JobRow row = volume.read(rows -> Jobs.find(rows, context.volume(), current.id()));
        if (row == null || row.state() != JobState.RUNNING) {
            return;
        }
        if (row.kind() == JobKind.DRAIN) {
            leave(current, row, context);
        } else if (row.counts().failed() == 0) {
            wish(new JobCommand.End(current.id(), JobState.DONE, ""));
            rest(volume.settings().stepTimeout().toNanos());
        } else if (row.kind().isStartedByUser() && current.retries() >= RETRIES_MAX) {
            wish(new JobCommand.End(current.id(), JobState.FAILED, row.lastError()));
            rest(volume.settings().stepTimeout().toNanos());
        } else {
            again(current, JobPosition.RETRY, row.lastError());
        }
    }

    /** Has the brick taken out of the volume if nothing is on it. */
    private void leave(MoveRun current, JobRow row, VolumeContext context) {
        BrickId brick = row.subject();
        if (brick == null) {
            throw new AssertionError("job " + current.id() + " drains no brick");
        }
        int departure = volume.departure(brick);
        if (departure != provenDeparture) {
            // Uploads that were let in before this departure are in the rows when the coordinator has taken a step
            // after it.
            provenDeparture = departure;
            current.change();
            return;
        }
        Optional<String> obstacle = volume.read(rows -> Vacancy.obstacle(context, rows, brick));
        if (obstacle.isEmpty()) {
            // Repeated until the brick is none of the volume's: then the job ends.
            volume.vacated(brick, departure);
            rest(volume.settings().interval().toNanos());
        } else if (row.counts().failed() > 0) {
            again(current, JobPosition.RETRY, row.lastError());
        } else {
            current.again(JobPosition.WALK, obstacle.get());
            rest(5 * volume.settings().interval().toNanos());
        }
    }

    /** Each time later, as long as nothing gets better. */
    private void again(MoveRun current, int phase, String why) {
        current.again(phase, why);
        rest(restNanos);
        restNanos =
                Math.min(2 * restNanos, 20 * volume.settings().retryInterval().toNanos());
    }

    private void rest(long nanos) {
        restUntilNanos = effects.nanoTime() + nanos;
    }

    private void checkpoint() {
        MoveRun current = run;
        if (current != null && !checkpointing) {
            JobCommand.Checkpoint checkpoint = current.checkpoint();
            if (checkpoint != null) {
                checkpointing = true;
                effects.step(checkpoint);
            }
        }
    }

    /** @param outcome null when no answer came in time; what is not decided anew by itself is tried again then */
    void stepped(JobCommand command, @Nullable JobOutcome outcome) {
        boolean isWish = command instanceof JobCommand.Start || command instanceof JobCommand.End;
        if (isWish) {
            wishing = false;
        } else if (outcome == null) {
            effects.step(command);
            return;
        }
        if (command instanceof JobCommand.Checkpoint) {
            checkpointing = false;
        }
        MoveRun current = run;
        if (outcome instanceof JobOutcome.Begun begun) {
            beginCount--;
            mover.add(begun.plan());
        } else if (outcome instanceof JobOutcome.NotBegun not) {
            beginCount--;
            if (current != null) {
                notBegun(current, not);
            }
        } else if (outcome instanceof JobOutcome.Ended ended) {
            Mover.Result result = mover.ended(ended.inode());
            if (result != null && current != null) {
                ended(current, result);
            }
        }
        pump();
    }

    private static void notBegun(MoveRun current, JobOutcome.NotBegun not) {
        if (not.refusal().code() == RefusalCode.NOT_FOUND) {
            current.skipped(not.inode());
        } else {
            current.failed(not.inode(), not.refusal().text());
        }
    }

    private void ended(MoveRun current, Mover.Result result) {
        String failure = result.failure();
        if (failure == null) {
            restNanos = volume.settings().retryInterval().toNanos();
            current.done(result.inode(), result.bytes());
        } else {
            current.failed(result.inode(), failure);
        }
    }

    /** @param result not {@link CopyResult.Busy}: such a copy is begun again by whoever carries it out */
    void copied(RelocationPlan.Copy copy, CopyResult result) {
        long inode = copy.chunk().file().inode();
        if (result instanceof CopyResult.Copied) {
            meter.add(copy.sizeBytes());
            mover.copied(inode, null);
        } else if (result instanceof CopyResult.NotToBeHad none) {
            mover.copied(inode, none.refusal().text());
        } else if (result instanceof CopyResult.BrickFailed failed) {
            mover.copied(inode, failed.refusal().text());
        } else if (result instanceof CopyResult.Overtaken) {
            mover.copied(inode, "the file was deleted or moved meanwhile");
        } else {
            throw new AssertionError("unhandled " + result);
        }
        pump();
    }
}
