package io.mortar.node.job;

import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobPosition;
import io.mortar.core.job.JobState;
import io.mortar.core.layout.BrickRoom;
import io.mortar.core.namespace.FileWalk;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@link JobEngine} does, without its actor: told of time and of answers, it says what is to be done next. It keeps nothing that is
 * not in rows too, or found again from them. For one thread.
 *
 * <pre>
 * look for files that are not where they should be -> begin (a row says so) -> copy all chunks, brick to brick -> finish (one batch)
 * </pre>
 */
final class JobLoop implements JobActor.Loop {
    static final int INODES_PER_TURN = 5_000;
    /** Of failed items, before a job that a user started ends with them: with its rests, longer than a node takes to start again. */
    private static final int RETRIES_MAX = 3;

    private final JobVolume volume;
    private final Effects effects;
    private final Mover mover;
    private final AwayBricks away;
    private final Pace pace;
    private final RateMeter meter;
    private final MovedRate moved = new MovedRate();
    private final JobRests rests = new JobRests();
    private final int inodesPerTurn;
    private @Nullable MoveRun run;
    private @Nullable Vacancy proof;
    private boolean filling;
    private boolean measured;
    private boolean checkpointing;
    private boolean wishing;
    private int beginCount;
    private int provenDeparture;

    /** What it has others do. */
    interface Effects extends JobActor.Effects, Mover.Copying {
        /** For the log. */
        void begun(long job, JobKind kind, JobCounts counts);
    }

    /** @param inodesPerTurn that are looked at before others are let in */
    JobLoop(JobVolume volume, Effects effects, int inodesPerTurn) {
        this.inodesPerTurn = inodesPerTurn;
        this.volume = volume;
        this.effects = effects;
        JobSettings settings = volume.settings();
        this.mover = new Mover(settings.chunksInFlight(), effects, effects::step);
        this.away = new AwayBricks(settings.rebuildAfter().toMillis());
        this.pace = new Pace(settings.bytesPerSecond());
        this.meter = new RateMeter(effects.nanoTime());
        takeUp();
    }

    /** What is under way and nobody works on: begun by an earlier leader, or by a step that was carried out after it was given up. */
    private void takeUp() {
        volume.read(rows -> Relocations.underWay(rows, volume.context().volume()))
                .forEach(mover::add);
    }

    @Override
    public JobReport report() {
        MoveRun current = run;
        return current == null
                ? JobReport.NONE
                : new JobReport(current.id(), current.counts(), meter.perSecond(effects.nanoTime()));
    }

    @Override
    public void tick() {
        VolumeContext context = volume.context();
        List<Jobs.Numbered> jobs = volume.read(rows -> Jobs.all(rows, context.volume()));
        away.observe(context);
        if (!wishing) {
            // One at a time: the next look sees what the first one led to.
            JobWishes.of(context, volume.shapeNumber(), jobs, away.forLong(context.nowMillis())).stream()
                    .findFirst()
                    .ifPresent(this::wish);
        }
        takeUp();
        choose(jobs, context);
        meterMoves(jobs);
        checkpoint();
        pump();
    }

    private void meterMoves(List<Jobs.Numbered> jobs) {
        MoveRun current = run;
        boolean isUnlimited = current != null
                && jobs.stream()
                        .anyMatch(job -> job.id() == current.id() && job.row().limitBytesPerSecond() == 0);
        moved.look(isUnlimited && mover.fileCount() > 0, effects.nanoTime());
        volume.moved(moved.perSecond());
    }

    private void wish(JobCommand command) {
        wishing = true;
        effects.step(command);
    }

    /** Goes over to the most urgent job that does not rest, as soon as nothing of the present one is under way or to be made durable. */
    private void choose(List<Jobs.Numbered> jobs, VolumeContext context) {
        Optional<Jobs.Numbered> wanted = jobs.stream()
                .filter(job -> job.row().kind().movesFiles() && job.row().state() == JobState.RUNNING)
                .min(Comparator.comparing((Jobs.Numbered job) -> rests.isResting(job.id(), effects.nanoTime()))
                        .thenComparing(job -> job.row().kind())
                        .thenComparing(Jobs.Numbered::id));
        MoveRun current = run;
        filling = current != null && wanted.isPresent() && wanted.get().id() == current.id();
        if (current != null && !filling && current.openCount() == 0 && !current.isChanged() && !checkpointing) {
            run = null;
            current = null;
        }
        if (current == null && wanted.isPresent() && !checkpointing) {
            run = new MoveRun(wanted.get().id(), wanted.get().row(), context);
            measured = false;
            proof = null;
            provenDeparture = 0;
            filling = true;
        }
        wanted.ifPresent(job -> pace.limitTo(job.row().rateOr(volume.settings().bytesPerSecond())));
    }

    @Override
    public void pump() {
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
        if (rests.isResting(current.id(), effects.nanoTime())) {
            return;
        }
        if (!measured && !measure(current)) {
            effects.wakeAfter(0);
        } else if (current.isBehind()) {
            checkpoint();
        } else if (current.isThrough()) {
            through(current);
        } else if (free > 0 && !current.isScanned()) {
            VolumeContext context = volume.context();
            BrickRoom room = new BrickRoom(context.bricks(), context.jobReserveBytes());
            mover.coming().forEach(room::take);
            List<JobCommand.BeginRelocation> begins =
                    volume.read(rows -> current.next(rows, context, room, free, inodesPerTurn));
            beginCount += begins.size();
            begins.forEach(effects::step);
            if (begins.size() < free && !current.isScanned()) {
                effects.wakeAfter(0);
            }
        }
    }

    /** Whether it is known now what there is to move. */
    private boolean measure(MoveRun current) {
        VolumeContext context = volume.context();
        measured = volume.read(rows -> current.measure(rows, context, inodesPerTurn));
        if (measured) {
            effects.begun(current.id(), current.row().kind(), current.counts());
        }
        return measured;
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
            done(current, row, context);
        } else if (row.kind().isStartedByUser() && current.retries() >= RETRIES_MAX) {
            end(current, JobState.FAILED, row.lastError());
        } else {
            again(current, row.lastError());
        }
    }

    private void done(MoveRun current, JobRow row, VolumeContext context) {
        Vacancy found = look(context, () -> Vacancy.of(MoveRule.unwanted(row, context)));
        if (found == null) {
            return;
        }
        Optional<String> obstacle = found.obstacle();
        if (obstacle.isEmpty()) {
            end(current, JobState.DONE, "");
        } else {
            walkAgain(current, obstacle.get());
        }
    }

    /** The proof when it is complete, or has failed; null if it goes on. */
    private @Nullable Vacancy look(VolumeContext context, Supplier<Vacancy> begin) {
        Vacancy current = proof == null ? begin.get() : proof;
        volume.read(rows -> {
            current.look(context, rows, inodesPerTurn);
            return true;
        });
        proof = current.isDone() ? null : current;
        if (current.isDone()) {
            return current;
        }
        effects.wakeAfter(0);
        return null;
    }

    private void end(MoveRun current, JobState state, String why) {
        wish(new JobCommand.End(current.id(), state, why));
        rest(current, volume.settings().stepTimeout().toNanos());
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
            proof = null;
            current.barrier();
            return;
        }
        Vacancy found = look(context, () -> Vacancy.of(brick));
        if (found == null) {
            return;
        }
        Optional<String> obstacle = found.obstacle();
        if (obstacle.isEmpty()) {
            // Repeated until the brick is none of the volume's: then the job ends.
            volume.vacated(brick, departure);
            rest(current, volume.settings().interval().toNanos());
        } else if (row.counts().failed() > 0) {
            again(current, row.lastError());
        } else {
            walkAgain(current, obstacle.get());
        }
    }

    private void walkAgain(MoveRun current, String why) {
        current.again(JobPosition.WALK, why);
        rest(current, 5 * volume.settings().interval().toNanos());
    }

    /** Tries the failed items again, each time later, as long as nothing gets better. */
    private void again(MoveRun current, String why) {
        current.again(JobPosition.RETRY, why);
        rest(current, volume.settings().retryInterval().toNanos());
    }

    private void rest(MoveRun current, long firstNanos) {
        rests.rest(current.id(), firstNanos, effects.nanoTime());
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
    @Override
    public void stepped(JobCommand command, @Nullable JobOutcome outcome) {
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
                ended(current, result, ended.moved());
            }
        } else if (command instanceof JobCommand.End end && current != null && current.id() == end.job()) {
            // If it is run again, it begins with what is in rows.
            run = current.isThrough() && outcome != null ? null : current;
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

    private void ended(MoveRun current, Mover.Result result, boolean moved) {
        long inode = result.inode();
        if (moved) {
            rests.goesWell(current.id());
            current.done(inode, result.bytes());
        } else if (volume.read(rows -> FileWalk.find(rows, volume.context().volume(), inode)) == null) {
            current.skipped(inode);
        } else {
            String failure = result.failure();
            current.failed(inode, failure != null ? failure : "its copies became incomplete while it was moved");
        }
    }

    /** @param result not {@link CopyResult.Busy}: such a copy is begun again by whoever carries it out */
    void copied(RelocationPlan.Copy copy, CopyResult result) {
        long inode = copy.chunk().file().inode();
        if (result instanceof CopyResult.Copied) {
            meter.add(copy.sizeBytes());
            moved.add(copy.sizeBytes());
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
