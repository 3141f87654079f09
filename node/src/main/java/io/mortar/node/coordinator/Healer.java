package io.mortar.node.coordinator;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.util.ByteString;
import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.BrickState;
import io.mortar.core.namespace.HealPlan;
import io.mortar.core.namespace.MissingCopies;
import io.mortar.core.namespace.MissingCopy;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Usage;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.node.coordinator.CoordinatorSettings.Copies;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.pool.PoolTopology;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives bricks the chunks that they lack, from other copies, one chunk at a time and no faster than the settings say. What is to be done
 * is in the rows of {@link MissingCopies}: it walks over those of each brick that can be reached, and has the row of a file removed when
 * the brick has all of it. A crash forgets at most one file that is begun anew; storing a chunk twice is the same as once. Files that
 * cannot be healed stay for the next walk, and a brick that fails is left alone for a while, longer each time.
 */
final class Healer extends AbstractBehavior<Healer.Command> {
    sealed interface Command permits Describe, Look, Continue, BrickAnswered, StepFinished, TimedOut {}

    /** Answered with {@link Outcome.Healing}. */
    record Describe(ActorRef<Outcome> replyTo) implements Command {}

    private enum Look implements Command {
        NOW
    }

    /** The pause after a chunk is over. */
    private enum Continue implements Command {
        NOW
    }

    private record BrickAnswered(BrickProtocol.Reply reply) implements Command {}

    private record StepFinished() implements Command {}

    private record TimedOut(long requestId) implements Command {}

    private static final String TIMEOUT = "timeout";

    private final TimerScheduler<Command> timers;
    private final VolumePlacement placement;
    private final Surroundings surroundings;
    private final ActorRef<Batcher.Command> batcher;
    private final Copies settings;
    private final ConfirmedAnswers answers;
    private final BrickRests rests;
    private final HealProgress progress = new HealProgress();
    private final ActorRef<BrickProtocol.Reply> port;
    private final ActorRef<Done> stepDone;
    private @Nullable HealTask task;
    private @Nullable BrickId asked;
    private boolean committing;
    private long lastRequestId;
    private long chunkBegunNanos;
    private int lastBrickIndex;

    static Behavior<Command> create(
            VolumePlacement placement, Surroundings surroundings, ActorRef<Batcher.Command> batcher) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Healer(context, timers, placement, surroundings, batcher)));
    }

    private Healer(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            VolumePlacement placement,
            Surroundings surroundings,
            ActorRef<Batcher.Command> batcher) {
        super(context);
        this.timers = timers;
        this.placement = placement;
        this.surroundings = surroundings;
        this.batcher = batcher;
        this.settings = surroundings.settings().copies();
        this.answers = ConfirmedAnswers.with(surroundings);
        this.rests = new BrickRests(
                settings.interval().toMillis(), settings.intervalMax().toMillis());
        this.port = HealPort.open(
                context,
                placement.volume(),
                surroundings.random().nextLong(),
                context.messageAdapter(BrickProtocol.Reply.class, BrickAnswered::new));
        this.stepDone = context.messageAdapter(Done.class, done -> new StepFinished());
        rest();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Describe.class, this::onDescribe)
                .onMessage(Look.class, look -> onLook())
                .onMessage(Continue.class, next -> onContinue())
                .onMessage(BrickAnswered.class, answer -> onBrickAnswered(answer.reply()))
                .onMessage(StepFinished.class, step -> onStepFinished())
                .onMessage(TimedOut.class, this::onTimedOut)
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

    /** Looks for the next file, brick after brick. */
    private Behavior<Command> onLook() {
        task = null;
        asked = null;
        committing = false;
        List<BrickState> bricks = placement.context().bricks();
        if (reducedFileCount() == 0) {
            bricks.forEach(this::endCleanWalk);
        } else {
            for (int i = 0; i < bricks.size(); i++) {
                BrickState brick = bricks.get((lastBrickIndex + i) % bricks.size());
                if (isOnline(brick.id()) && !rests.isResting(brick.id(), monotonicMillis())) {
                    HealTask found = findTask(brick);
                    if (found != null) {
                        lastBrickIndex = (lastBrickIndex + i) % bricks.size();
                        task = found;
                        return nextChunk(found);
                    }
                }
            }
        }
        return rest();
    }

    private @Nullable HealTask findTask(BrickState brick) {
        HealProgress.Brick walk = progress.of(brick.id());
        while (true) {
            List<MissingCopy> next = surroundings
                    .namespace()
                    .read(rows -> MissingCopies.of(rows, placement.volume(), brick.id(), walk.after, 1));
            if (next.isEmpty()) {
                endWalk(brick, walk);
                return null;
            }
            walk.after = next.get(0).version().inode();
            HealPlan plan = surroundings.namespace().read(rows -> MissingCopies.plan(rows, next.get(0)));
            if (plan != null) {
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

    private Behavior<Command> onContinue() {
        HealTask current = task;
        return current == null || asked != null || committing ? this : nextChunk(current);
    }

    private Behavior<Command> nextChunk(HealTask current) {
        chunkBegunNanos = System.nanoTime();
        if (current.nextChunk(this::isOnline)) {
            return askSource(current);
        }
        committing = true;
        batcher.tell(new Batcher.Enqueue(new Work.FinishHealing(current.plan().copy(), stepDone)));
        timers.startSingleTimer(TIMEOUT, new TimedOut(++lastRequestId), settings.answerTimeout());
        return this;
    }

    private Behavior<Command> askSource(HealTask current) {
        BrickId source = current.nextSource();
        if (source == null) {
            return fileFailed(current, current.reason());
        }
        ask(source, new BrickProtocol.ReadChunk(++lastRequestId, current.chunk(), 0, current.chunkSizeBytes(), port));
        return this;
    }

    private void ask(BrickId brick, BrickProtocol.Request request) {
        asked = brick;
        surroundings
                .topology()
                .current()
                .brick(brick)
                .ifPresent(known -> known.actor().tell(request));
        timers.startSingleTimer(TIMEOUT, new TimedOut(lastRequestId), settings.answerTimeout());
    }

    private Behavior<Command> onBrickAnswered(BrickProtocol.Reply reply) {
        HealTask current = task;
        BrickId brick = asked;
        if (current == null || brick == null || reply.requestId() != lastRequestId) {
            return this;
        }
        timers.cancel(TIMEOUT);
        asked = null;
        if (reply instanceof BrickProtocol.ChunkData data) {
            return onData(current, brick, data);
        }
        if (reply instanceof BrickProtocol.ChunkStored) {
            return onStored(current);
        }
        if (reply instanceof BrickProtocol.BrickRefused refused) {
            return brickFailed(
                    current, brick, refused.refusal().code(), refused.refusal().text());
        }
        throw new AssertionError("unhandled " + reply);
    }

    private Behavior<Command> onData(HealTask current, BrickId source, BrickProtocol.ChunkData data) {
        ByteString bytes = data.data().compact();
        if (bytes.size() != current.chunkSizeBytes()
                || BlockChecksums.ofWhole(bytes.asByteBuffer()) != data.checksum()) {
            return brickFailed(current, source, RefusalCode.CHUNK_CORRUPT, "the chunk was damaged on its way");
        }
        List<Integer> checksums =
                Arrays.stream(BlockChecksums.of(bytes.asByteBuffer())).boxed().toList();
        ask(current.brick(), new BrickProtocol.StoreChunk(++lastRequestId, current.chunk(), checksums, bytes, port));
        return this;
    }

    /** Pauses for as long as the chunk should have taken. */
    private Behavior<Command> onStored(HealTask current) {
        progress.of(current.brick()).copiedBytes += current.chunkSizeBytes();
        long nanos = current.chunkSizeBytes() * 1_000_000_000L / settings.bytesPerSecond();
        Duration left = Duration.ofNanos(nanos - (System.nanoTime() - chunkBegunNanos));
        if (left.isNegative() || left.isZero()) {
            return nextChunk(current);
        }
        timers.startSingleTimer(Continue.NOW, left);
        return this;
    }

    private Behavior<Command> brickFailed(HealTask current, BrickId brick, RefusalCode code, String why) {
        if (!brick.equals(current.brick())) {
            current.sourceFailed(brick, why);
            return askSource(current);
        }
        if (code == RefusalCode.LEASE_LOST) {
            // The content was deleted meanwhile, and its row with it.
            return onLook();
        }
        HealProgress.Brick failed = progress.of(brick);
        failed.lastError = why;
        failed.rewind();
        rests.fail(brick, monotonicMillis());
        getContext().getLog().warn("volume={} brick={} not healed: {}", placement.volume(), brick, why);
        return onLook();
    }

    /** Goes on with the next file; the log has the first one of a walk. */
    private Behavior<Command> fileFailed(HealTask current, String why) {
        HealProgress.Brick walk = progress.of(current.brick());
        walk.lastError = why;
        if (walk.failedCount++ == 0) {
            getContext()
                    .getLog()
                    .warn("volume={} brick={} file not healed: {}", placement.volume(), current.brick(), why);
        }
        getContext().getSelf().tell(Look.NOW);
        return this;
    }

    private Behavior<Command> onStepFinished() {
        HealTask current = task;
        if (current == null || !committing) {
            return this;
        }
        timers.cancel(TIMEOUT);
        HealProgress.Brick walk = progress.of(current.brick());
        walk.healedCount++;
        walk.walkHealedCount++;
        getContext().getSelf().tell(Look.NOW);
        return this;
    }

    private Behavior<Command> onTimedOut(TimedOut timedOut) {
        HealTask current = task;
        if (current == null || timedOut.requestId() != lastRequestId) {
            return this;
        }
        BrickId brick = asked;
        if (brick == null) {
            // The coordinator did not confirm: it is overloaded or stopping. The file is found again.
            progress.of(current.brick()).rewind();
            return rest();
        }
        asked = null;
        return brickFailed(current, brick, RefusalCode.BRICK_DOWN, "no answer within " + settings.answerTimeout());
    }

    private Behavior<Command> rest() {
        task = null;
        timers.startSingleTimer(Look.NOW, settings.interval());
        return this;
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
