package io.mortar.node.coordinator;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.mortar.core.job.JobState;
import io.mortar.core.layout.BrickRoom;
import io.mortar.core.layout.BrickState;
import io.mortar.core.namespace.HealPlan;
import io.mortar.core.namespace.Jobs;
import io.mortar.core.namespace.MissingCopies;
import io.mortar.core.namespace.MissingCopy;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Usage;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.pool.BrickId;
import io.mortar.node.coordinator.CoordinatorSettings.Copies;
import io.mortar.node.copying.ChunkCopier;
import io.mortar.node.copying.ChunkCopy;
import io.mortar.node.copying.CopyResult;
import io.mortar.node.copying.Pace;
import io.mortar.node.job.WorkTally;
import io.mortar.protocol.pool.PoolTopology;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Has bricks get the chunks that they lack from other bricks, several at a time and no faster than the settings say. What is to be done
 * is in the rows of {@link MissingCopies}: it walks over those of each brick that can be reached, and has the row of a file removed when
 * the brick has all of it. A crash forgets at most the files that are under way, which are begun anew; storing a chunk twice is the same as
 * once. Files that cannot be healed stay for the next walk, and a brick that fails is left alone for a while, longer each time.
 */
final class Healer extends AbstractBehavior<Healer.Command> {
    sealed interface Command permits Describe, Look, Continue, Rested, ChunkAnswered, Recorded {}

    /** Answered with {@link Outcome.Healing}. */
    record Describe(ActorRef<Outcome> replyTo) implements Command {}

    private enum Look implements Command {
        NOW
    }

    /** The pause after a chunk is over. */
    private enum Continue implements Command {
        NOW
    }

    /** A brick that was busy is asked again. */
    private record Rested(BrickHealing healing) implements Command {}

    private record ChunkAnswered(HealTask task, ChunkCopy copy, CopyResult result) implements Command {}

    /** @param error null when the row of the file is gone */
    private record Recorded(HealTask task, @Nullable Throwable error) implements Command {}

    private static final Duration BUSY_REST = Duration.ofMillis(50);

    private final TimerScheduler<Command> timers;
    private final VolumePlacement placement;
    private final Surroundings surroundings;
    private final ActorRef<Batcher.Command> batcher;
    private final WorkTally tally;
    private final Copies settings;
    private final ConfirmedAnswers answers;
    private final BrickRests rests;
    private final ChunkCopier copier;
    private final Pace pace;
    private final HealProgress progress = new HealProgress();
    private final Map<BrickId, BrickHealing> healings = new HashMap<>();
    /** Which brick is next to begin a chunk, so that all get their part of the pace. */
    private int turn;

    static Behavior<Command> create(
            VolumePlacement placement, Surroundings surroundings, ActorRef<Batcher.Command> batcher, WorkTally tally) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Healer(context, timers, placement, surroundings, batcher, tally)));
    }

    private Healer(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            VolumePlacement placement,
            Surroundings surroundings,
            ActorRef<Batcher.Command> batcher,
            WorkTally tally) {
        super(context);
        this.timers = timers;
        this.placement = placement;
        this.surroundings = surroundings;
        this.batcher = batcher;
        this.tally = tally;
        this.settings = surroundings.settings().copies();
        this.answers = ConfirmedAnswers.with(surroundings);
        this.rests = new BrickRests(
                settings.interval().toMillis(), settings.intervalMax().toMillis());
        this.copier = new ChunkCopier(context.getSystem(), surroundings.topology(), settings.answerTimeout());
        this.pace = new Pace(settings.bytesPerSecond());
        timers.startTimerWithFixedDelay(Look.NOW, settings.interval());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Describe.class, this::onDescribe)
                .onMessage(Look.class, look -> onLook())
                .onMessage(Continue.class, next -> beginChunks())
                .onMessage(Rested.class, this::onRested)
                .onMessage(ChunkAnswered.class, this::onChunkAnswered)
                .onMessage(Recorded.class, this::onRecorded)
                .build();
    }

    private Behavior<Command> onDescribe(Describe describe) {
        Outcome.Healing healing = surroundings
                .namespace()
                .read(rows -> progress.describe(
                        rows, placement.volume(), placement.context().bricks()));
        answers.whenConfirmed(
                "describe what volume " + placement.volume() + " lacks",
                () -> describe.replyTo().tell(healing),
                refusal -> describe.replyTo().tell(new Outcome.Refused(refusal)));
        return this;
    }

    private Behavior<Command> onLook() {
        List<BrickState> bricks = placement.context().bricks();
        bricks.forEach(brick -> healing(brick).goOn());
        if (reducedFileCount() == 0) {
            bricks.stream().filter(brick -> healing(brick).isIdle()).forEach(this::endCleanWalk);
            return this;
        }
        return beginChunks();
    }

    private BrickHealing healing(BrickState brick) {
        return healings.computeIfAbsent(brick.id(), id -> new BrickHealing(brick, settings.window()));
    }

    /** Begins as many chunks as may be on their way, one brick after the other. */
    private Behavior<Command> beginChunks() {
        JobRow job = surroundings.namespace().read(rows -> Jobs.find(rows, placement.volume(), Jobs.HEAL_ID));
        if (job != null && job.state() == JobState.PAUSED) {
            return this;
        }
        pace.limitTo(job == null ? settings.bytesPerSecond() : job.rateOr(settings.bytesPerSecond()));
        List<BrickState> bricks = placement.context().bricks();
        int idleCount = 0;
        while (idleCount < bricks.size()) {
            long waitNanos = pace.waitNanos(System.nanoTime());
            if (waitNanos > 0) {
                timers.startSingleTimer(Continue.NOW, Duration.ofNanos(waitNanos));
                return this;
            }
            turn = (turn + 1) % bricks.size();
            idleCount = beginChunk(healing(bricks.get(turn))) ? 0 : idleCount + 1;
        }
        return this;
    }

    /** False if the brick can be given nothing now. */
    private boolean beginChunk(BrickHealing healing) {
        BrickId brick = healing.brick().id();
        if (!healing.hasRoom() || !isOnline(brick) || rests.isResting(brick, monotonicMillis())) {
            return false;
        }
        HealTask task = healing.unfinished();
        if (task == null && healing.hasRoomForFile()) {
            task = nextTask(healing);
        }
        if (task != null && !leavesRoom(brick)) {
            progress.of(brick).lastError = "brick " + healing.brick().location()
                    + " has no room left that healing may take (mortar.coordinator.jobs.reserve): delete files, or add bricks";
            healing.await();
            return false;
        }
        ChunkCopy copy = task == null ? null : task.begin();
        if (task == null || copy == null) {
            return false;
        }
        HealTask begun = task;
        healing.begun();
        pace.spend(copy.sizeBytes(), System.nanoTime());
        getContext().pipeToSelf(copier.copy(copy), (result, error) -> new ChunkAnswered(begun, copy, result));
        return true;
    }

    /** Whether another chunk leaves the brick what clients are to have. */
    private boolean leavesRoom(BrickId brick) {
        VolumeContext context = placement.context();
        return context.bricks().stream()
                .filter(state -> state.id().equals(brick))
                .anyMatch(state -> BrickRoom.healingRoomBytes(state, context.jobReserveBytes())
                        >= context.spec().stripeUnitBytes());
    }

    /** The next file of the walk that has chunks to copy; null at its end, or while too many are being recorded. */
    private @Nullable HealTask nextTask(BrickHealing healing) {
        while (healing.hasRoomForFile()) {
            HealTask task = findTask(healing);
            if (task == null) {
                if (healing.isIdle()) {
                    endWalk(healing.brick(), progress.of(healing.brick().id()));
                    healing.await();
                }
                return null;
            }
            healing.add(task);
            if (task.hasNext()) {
                return task;
            }
            recordHealed(task); // the brick is to have nothing of this file
        }
        return null;
    }

    private @Nullable HealTask findTask(BrickHealing healing) {
        BrickId brick = healing.brick().id();
        HealProgress.Brick walk = progress.of(brick);
        while (true) {
            List<MissingCopy> next = surroundings
                    .namespace()
                    .read(rows -> MissingCopies.of(rows, placement.volume(), brick, walk.after, 1));
            if (next.isEmpty()) {
                return null;
            }
            walk.after = next.get(0).version().inode();
            HealPlan plan = surroundings.namespace().read(rows -> MissingCopies.plan(rows, next.get(0)));
            if (plan != null && !healing.isOpen(walk.after)) {
                return new HealTask(plan);
            }
        }
    }

    private long reducedFileCount() {
        return surroundings
                .namespace()
                .read(rows -> Usage.of(rows, placement.volume()))
                .reducedFileCount();
    }

    /** Nothing is left, also of what failed. */
    private void endCleanWalk(BrickState brick) {
        HealProgress.Brick walk = progress.of(brick.id());
        walk.failedCount = 0;
        endWalk(brick, walk);
    }

    private void endWalk(BrickState brick, HealProgress.Brick walk) {
        if (walk.failedCount > 0) {
            rests.fail(brick.id(), monotonicMillis());
        } else if (walk.walkHealedCount > 0) {
            rests.succeed(brick.id());
            getContext()
                    .getLog()
                    .info(
                            "volume={} brick={} files={} bytes={} healed",
                            placement.volume(),
                            brick.location(),
                            walk.healedCount,
                            walk.copiedBytes);
        }
        if (walk.failedCount == 0) {
            walk.lastError = "";
        }
        walk.rewind();
    }

    private Behavior<Command> onChunkAnswered(ChunkAnswered answered) {
        HealTask task = answered.task();
        BrickHealing healing = healingOf(task);
        healing.answered();
        task.answered();
        if (!task.isEnded()) {
            onResult(healing, task, answered.copy(), answered.result());
        }
        return beginChunks();
    }

    private Behavior<Command> onRested(Rested rested) {
        rested.healing().goOn();
        return beginChunks();
    }

    private void onResult(BrickHealing healing, HealTask task, ChunkCopy copy, CopyResult result) {
        if (result instanceof CopyResult.Copied) {
            progress.of(task.brick()).copiedBytes += copy.sizeBytes();
            tally.add(0, copy.sizeBytes());
            if (task.isComplete()) {
                recordHealed(task);
            }
        } else if (result instanceof CopyResult.NotToBeHad none) {
            fileFailed(healing, task, none.refusal().text());
        } else if (result instanceof CopyResult.BrickFailed failed) {
            brickFailed(healing, failed.refusal().text());
        } else if (result instanceof CopyResult.Busy) {
            task.repeat(copy);
            pace.giveBack(copy.sizeBytes());
            healing.await();
            timers.startSingleTimer(task.brick(), new Rested(healing), BUSY_REST);
        } else if (result instanceof CopyResult.Overtaken) {
            healing.remove(task); // the content was deleted meanwhile, and its row with it
        } else {
            throw new AssertionError("unhandled " + result);
        }
    }

    private BrickHealing healingOf(HealTask task) {
        BrickHealing healing = healings.get(task.brick());
        if (healing == null) {
            throw new AssertionError("brick " + task.brick() + " was never healed");
        }
        return healing;
    }

    /** Has the file's row removed: the brick has all of it. */
    private void recordHealed(HealTask task) {
        CompletionStage<Done> removed = AskPattern.ask(
                batcher,
                replyTo ->
                        new Batcher.Enqueue(new Work.FinishHealing(task.plan().copy(), replyTo)),
                settings.answerTimeout(),
                getContext().getSystem().scheduler());
        getContext().pipeToSelf(removed, (done, error) -> new Recorded(task, error));
    }

    private Behavior<Command> onRecorded(Recorded recorded) {
        HealTask task = recorded.task();
        if (task.isEnded()) {
            return this;
        }
        BrickHealing healing = healingOf(task);
        if (recorded.error() != null) {
            // The coordinator is overloaded or stopping; the row is found again.
            fileFailed(healing, task, "that it was healed was not recorded: " + recorded.error());
        } else {
            HealProgress.Brick walk = progress.of(task.brick());
            walk.healedCount++;
            tally.add(1, 0);
            walk.walkHealedCount++;
            healing.remove(task);
        }
        return beginChunks();
    }

    private void brickFailed(BrickHealing healing, String why) {
        BrickId brick = healing.brick().id();
        healing.clear();
        HealProgress.Brick failed = progress.of(brick);
        failed.lastError = why;
        failed.rewind();
        rests.fail(brick, monotonicMillis());
        getContext().getLog().warn("volume={} brick={} not healed: {}", placement.volume(), brick, why);
    }

    /** Goes on with other files; the log has the first one of a walk. */
    private void fileFailed(BrickHealing healing, HealTask task, String why) {
        healing.remove(task);
        HealProgress.Brick walk = progress.of(task.brick());
        walk.lastError = why;
        if (walk.failedCount++ == 0) {
            getContext().getLog().warn("volume={} brick={} file not healed: {}", placement.volume(), task.brick(), why);
        }
    }

    private boolean isOnline(BrickId brick) {
        return surroundings
                .topology()
                .current()
                .brick(brick)
                .filter(PoolTopology.Brick::isServing)
                .isPresent();
    }

    private static long monotonicMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
