package io.mortar.node.job;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
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
import io.mortar.node.copying.ChunkCopy;
import io.mortar.node.copying.CopyResult;
import io.mortar.node.copying.Pace;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the jobs of one volume that move files, the most urgent one at a time, beside the volume's coordinator. What is to be done
 * follows from the volume ({@link JobWishes}) or was started by a user; how far it is stands in rows. So nothing is lost when this node
 * stops: the next one that leads goes on with the files that were under way, then with the walk.
 *
 * <pre>
 * look for files that are not where they should be -> begin (a row says so) -> copy all chunks, brick to brick -> finish (one batch)
 * </pre>
 */
public final class JobEngine extends AbstractBehavior<JobEngine.Command> {
    /** What it is told. */
    public sealed interface Command permits Describe, Tick, Pump, Stepped, Copied, Again {}

    /** Tells {@code replyTo} of the jobs that move files and of those that ended. */
    public record Describe(Consumer<JobReport> replyTo) implements Command {}

    private enum Tick implements Command {
        NOW
    }

    private enum Pump implements Command {
        NOW
    }

    private record Stepped(JobCommand command, @Nullable JobOutcome outcome) implements Command {}

    /** @param result null when it is not known */
    private record Copied(
            RelocationPlan.Copy copy, long order, @Nullable CopyResult result) implements Command {}

    private record Again(RelocationPlan.Copy copy, long order) implements Command {}

    private static final int INODES_PER_TURN = 5_000;
    private static final Duration BUSY_REST = Duration.ofMillis(20);

    private final TimerScheduler<Command> timers;
    private final JobHome home;
    private final Mover mover;
    private final AwayBricks away;
    private final Pace pace;
    private final RateMeter meter;
    private @Nullable MoveRun run;
    private boolean filling;
    private boolean checkpointing;
    private boolean wishing;
    private int beginCount;
    private long restUntilNanos;
    private long restNanos;

    /** To be spawned when the coordinator has recovered, on a dispatcher for blocking work. */
    public static Behavior<Command> create(JobHome home) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new JobEngine(context, timers, home)));
    }

    private JobEngine(ActorContext<Command> context, TimerScheduler<Command> timers, JobHome home) {
        super(context);
        this.timers = timers;
        this.home = home;
        JobSettings settings = home.settings();
        this.mover = new Mover(settings.chunksInFlight(), this::copy, this::step);
        this.away = new AwayBricks(settings.rebuildAfter().toMillis());
        this.pace = new Pace(settings.bytesPerSecond());
        this.meter = new RateMeter(System.nanoTime());
        this.restNanos = settings.retryInterval().toNanos();
        home.read(rows -> Relocations.underWay(rows, home.context().volume())).forEach(mover::add);
        timers.startTimerWithFixedDelay(Tick.NOW, Duration.ZERO, settings.interval());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Describe.class, this::onDescribe)
                .onMessage(Tick.class, tick -> onTick())
                .onMessage(Pump.class, pump -> pump())
                .onMessage(Stepped.class, this::onStepped)
                .onMessage(Copied.class, this::onCopied)
                .onMessage(Again.class, again -> onAgain(again))
                .build();
    }

    private Behavior<Command> onDescribe(Describe describe) {
        MoveRun current = run;
        describe.replyTo()
                .accept(
                        current == null
                                ? JobReport.NONE
                                : new JobReport(
                                        current.id(), current.counts(), meter.bytesPerSecond(System.nanoTime())));
        return this;
    }

    private Behavior<Command> onTick() {
        VolumeContext context = home.context();
        List<Jobs.Numbered> jobs = home.read(rows -> Jobs.all(rows, context.volume()));
        away.observe(context);
        if (!wishing) {
            List<JobCommand> wishes =
                    JobWishes.of(context, home.shapeNumber(), jobs, away.forLong(context.nowMillis()));
            // One at a time: the next look sees what the first one led to.
            wishes.stream().findFirst().ifPresent(wish -> {
                wishing = true;
                step(wish);
            });
        }
        choose(jobs, context);
        checkpoint();
        return pump();
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
            home.read(rows -> {
                next.measure(rows, context);
                return true;
            });
            getContext()
                    .getLog()
                    .info(
                            "volume={} job={} kind={} files={} bytes={} begun",
                            context.volume(),
                            next.id(),
                            row.kind(),
                            next.counts().filesTotal(),
                            next.counts().bytesTotal());
            run = next;
            filling = true;
            restUntilNanos = 0;
        }
        wanted.ifPresent(job -> pace.limitTo(
                job.row().limitBytesPerSecond() > 0
                        ? job.row().limitBytesPerSecond()
                        : home.settings().bytesPerSecond()));
    }

    private Behavior<Command> pump() {
        MoveRun current = run;
        if (current != null && filling) {
            fill(current);
        }
        long waitNanos = mover.pump(pace);
        if (waitNanos > 0) {
            timers.startSingleTimer(Pump.NOW, Duration.ofNanos(waitNanos));
        }
        return this;
    }

    private void fill(MoveRun current) {
        int free = home.settings().filesInFlight() - mover.fileCount() - beginCount;
        if (System.nanoTime() - restUntilNanos < 0) {
            return;
        }
        if (current.isThrough()) {
            through(current);
        } else if (free > 0 && !current.isScanned()) {
            VolumeContext context = home.context();
            BrickRoom room = new BrickRoom(context.bricks(), context.jobReserveBytes());
            mover.coming().forEach(room::take);
            List<JobCommand.BeginRelocation> begins =
                    home.read(rows -> current.next(rows, context, room, free, INODES_PER_TURN));
            beginCount += begins.size();
            begins.forEach(this::step);
            if (begins.size() < free && !current.isScanned()) {
                getContext().getSelf().tell(Pump.NOW);
            }
        }
    }

    /** Nothing is left to look at. What follows is decided from rows, so all of it must be in them first. */
    private void through(MoveRun current) {
        if (checkpointing || current.isChanged()) {
            return;
        }
        VolumeContext context = home.context();
        JobRow row = home.read(rows -> Jobs.find(rows, context.volume(), current.id()));
        if (row == null || row.state() != JobState.RUNNING) {
            return;
        }
        if (row.kind() == JobKind.DRAIN) {
            leave(current, row, context);
        } else if (row.counts().failed() == 0) {
            step(new JobCommand.End(current.id(), JobState.DONE, ""));
            rest(home.settings().stepTimeout().toNanos());
        } else if (row.kind().isStartedByUser()) {
            step(new JobCommand.End(current.id(), JobState.FAILED, row.lastError()));
            rest(home.settings().stepTimeout().toNanos());
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
        Optional<String> obstacle = home.read(rows -> Vacancy.obstacle(context, rows, brick));
        if (obstacle.isEmpty()) {
            // Repeated until the brick is none of the volume's: then the job ends.
            home.vacated(brick);
            rest(home.settings().interval().toNanos());
        } else if (row.counts().failed() > 0) {
            again(current, JobPosition.RETRY, row.lastError());
        } else {
            current.again(JobPosition.WALK, obstacle.get());
            rest(5 * home.settings().interval().toNanos());
        }
    }

    /** Each time later, as long as nothing gets better. */
    private void again(MoveRun current, int phase, String why) {
        current.again(phase, why);
        rest(restNanos);
        restNanos = Math.min(2 * restNanos, 20 * home.settings().retryInterval().toNanos());
    }

    private void rest(long nanos) {
        restUntilNanos = System.nanoTime() + nanos;
    }

    private void checkpoint() {
        MoveRun current = run;
        if (current != null && !checkpointing) {
            JobCommand.Checkpoint checkpoint = current.checkpoint();
            if (checkpoint != null) {
                checkpointing = true;
                step(checkpoint);
            }
        }
    }

    private void step(JobCommand command) {
        getContext().pipeToSelf(home.submit(command), (outcome, failure) -> new Stepped(command, outcome));
    }

    private Behavior<Command> onStepped(Stepped stepped) {
        JobOutcome outcome = stepped.outcome();
        boolean isWish = stepped.command() instanceof JobCommand.Start || stepped.command() instanceof JobCommand.End;
        if (isWish) {
            wishing = false;
        } else if (outcome == null) {
            step(stepped.command());
            return this;
        }
        if (stepped.command() instanceof JobCommand.Checkpoint) {
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
        return pump();
    }

    private static void notBegun(MoveRun current, JobOutcome.NotBegun not) {
        switch (not.refusal().code()) {
            case NOT_FOUND -> current.skipped(not.inode());
            default -> current.failed(not.inode(), not.refusal().text());
        }
    }

    private void ended(MoveRun current, Mover.Result result) {
        String failure = result.failure();
        if (failure == null) {
            restNanos = home.settings().retryInterval().toNanos();
            current.done(result.inode(), result.bytes());
        } else {
            current.failed(result.inode(), failure);
        }
    }

    private void copy(RelocationPlan.Copy copy, long order) {
        ChunkCopy wanted = new ChunkCopy(copy.chunk(), copy.sizeBytes(), copy.target(), copy.sources(), order);
        getContext().pipeToSelf(home.copy(wanted), (result, failure) -> new Copied(copy, order, result));
    }

    private Behavior<Command> onAgain(Again again) {
        copy(again.copy(), again.order());
        return this;
    }

    private Behavior<Command> onCopied(Copied copied) {
        CopyResult result = copied.result();
        long inode = copied.copy().chunk().file().inode();
        if (result instanceof CopyResult.Busy) {
            timers.startSingleTimer(copied, new Again(copied.copy(), copied.order()), BUSY_REST);
            return this;
        }
        if (result instanceof CopyResult.Copied) {
            meter.add(copied.copy().sizeBytes());
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
        return pump();
    }
}
