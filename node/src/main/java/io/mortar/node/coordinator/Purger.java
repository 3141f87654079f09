package io.mortar.node.coordinator;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.mortar.core.job.JobState;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.namespace.Deletions;
import io.mortar.core.namespace.DueDeletion;
import io.mortar.core.namespace.Jobs;
import io.mortar.core.namespace.PartialDeletion;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.pool.BrickId;
import io.mortar.node.coordinator.CoordinatorSettings.Purging;
import io.mortar.node.job.WorkTally;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.pool.PoolTopology;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has the chunks of dead contents deleted from bricks, and takes removed directories apart. It walks over the queue of due deletions
 * part by part; a deletion leaves the queue only when all its bricks have confirmed it. Deletions that wait for a brick, or for
 * readers, stay where they are, with note of who has confirmed them, and the walk goes on behind them; at the end it rests, longer while bricks
 * are down.
 */
final class Purger extends AbstractBehavior<Purger.Command> {
    sealed interface Command permits Pin, Look, BrickAnswered, StepFinished, TimedOut {}

    /** A reader needs this content a while longer. */
    record Pin(FileVersion version) implements Command {}

    private record Look() implements Command {}

    private record BrickAnswered(BrickProtocol.Reply reply) implements Command {}

    private record StepFinished(boolean again) implements Command {}

    private record TimedOut() implements Command {}

    private enum Phase {
        /** A look is on its way, now or later. */
        RESTING,
        /** Bricks are asked. */
        ASKING,
        /** The coordinator carries something out. */
        STEPPING
    }

    private static final Duration KEPT_PIN_MAX = Duration.ofMinutes(10);
    private static final String TIMEOUT = "timeout";

    private final TimerScheduler<Command> timers;
    private final VolumePlacement placement;
    private final Surroundings surroundings;
    private final ActorRef<Batcher.Command> batcher;
    private final WorkTally tally;
    private final Purging settings;
    private final PinTable pins;
    private final BrickRests rests;
    private final ActorRef<BrickProtocol.Reply> brickReplies;
    private final ActorRef<Done> stepDone;
    private final ActorRef<Boolean> detachedStepDone;
    private final Map<Long, PurgeRound.Request> asked = new HashMap<>();
    private Phase phase = Phase.RESTING;
    private @Nullable PurgeRound round;
    private @Nullable DueDeletion walked;
    private boolean blocked;
    private Duration pause;
    private long lastRequestId;

    static Behavior<Command> create(
            VolumePlacement placement, Surroundings surroundings, ActorRef<Batcher.Command> batcher, WorkTally tally) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Purger(context, timers, placement, surroundings, batcher, tally)));
    }

    private Purger(
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
        this.settings = surroundings.settings().purging();
        this.pins = new PinTable(settings.pin().toMillis(), settings.pinCountMax());
        this.rests = new BrickRests(
                settings.interval().toMillis(), settings.intervalMax().toMillis());
        this.brickReplies = context.messageAdapter(BrickProtocol.Reply.class, BrickAnswered::new);
        this.stepDone = context.messageAdapter(Done.class, done -> new StepFinished(true));
        this.detachedStepDone = context.messageAdapter(Boolean.class, StepFinished::new);
        this.pause = settings.interval();
        // What readers asked the purger before this one to keep is not known here; they repeat it within a term.
        timers.startSingleTimer(new Look(), settings.pin());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Pin.class, this::onPin)
                .onMessage(Look.class, look -> onLook())
                .onMessage(BrickAnswered.class, this::onBrickAnswered)
                .onMessage(StepFinished.class, this::onStepFinished)
                .onMessage(TimedOut.class, timedOut -> onTimedOut())
                .build();
    }

    private Behavior<Command> onPin(Pin pin) {
        if (!pins.pin(pin.version(), monotonicMillis())) {
            getContext().getLog().warn("version={} pinCountMax={} not pinned", pin.version(), settings.pinCountMax());
        }
        return this;
    }

    /** Looks at the next part of the queue. Nothing is on a brick that the volume has no more: that one is not asked. */
    private Behavior<Command> onLook() {
        if (isPaused()) {
            return rest();
        }
        List<DueDeletion> part = surroundings.namespace().read(this::nextPart);
        if (part.isEmpty()) {
            return takeDetachedApart();
        }
        walked = part.get(part.size() - 1);
        long now = monotonicMillis();
        List<DueDeletion> unpinned = part.stream()
                .filter(d -> !pins.isPinned(d.version(), now) || isPinnedForTooLong(d))
                .map(d -> d.onlyOn(placement::has))
                .toList();
        round = new PurgeRound(unpinned, this::isAvailable);
        round.requests().forEach(this::ask);
        if (round.isAnswered()) {
            return finishRound(round);
        }
        phase = Phase.ASKING;
        timers.startSingleTimer(TIMEOUT, new TimedOut(), settings.answerTimeout());
        return this;
    }

    private boolean isPaused() {
        JobRow job = surroundings.namespace().read(rows -> Jobs.find(rows, placement.volume(), Jobs.PURGE_ID));
        return job != null && job.state() == JobState.PAUSED;
    }

    /** A content that is always being read by somebody would keep its old copies for ever, although newer readers use the new ones. */
    private boolean isPinnedForTooLong(DueDeletion deletion) {
        return deletion.kept() != null
                && surroundings.clock().millis() - deletion.dueMillis() > KEPT_PIN_MAX.toMillis();
    }

    private List<DueDeletion> nextPart(Rows rows) {
        int limit = settings.versionsMax();
        return walked == null
                ? Deletions.due(placement.context(), rows, limit)
                : Deletions.dueAfter(placement.context(), rows, walked, limit);
    }

    private void ask(PurgeRound.Request request) {
        long requestId = ++lastRequestId;
        asked.put(requestId, request);
        PoolTopology topology = surroundings.topology().current();
        topology.brick(request.brick()).ifPresent(b -> b.actor().tell(message(requestId, request)));
    }

    private BrickProtocol.Request message(long requestId, PurgeRound.Request request) {
        if (request.dead()) {
            List<FileVersion> versions =
                    request.deletions().stream().map(DueDeletion::version).toList();
            return new BrickProtocol.DeleteVersions(requestId, versions, brickReplies);
        }
        List<BrickProtocol.Drop> drops = request.deletions().stream()
                .map(deletion -> drop(deletion, request.brick()))
                .toList();
        return new BrickProtocol.DropCopies(requestId, drops, brickReplies);
    }

    private static BrickProtocol.Drop drop(DueDeletion deletion, BrickId brick) {
        Layout kept = Objects.requireNonNull(deletion.kept(), "the content is dead");
        return new BrickProtocol.Drop(
                deletion.version(), deletion.order(), deletion.seed(), kept.width(), deletion.keptColumns(brick));
    }

    private Behavior<Command> onBrickAnswered(BrickAnswered answer) {
        PurgeRound.Request request = asked.remove(answer.reply().requestId());
        PurgeRound current = round;
        if (request == null || current == null) {
            return this;
        }
        if (answer.reply() instanceof BrickProtocol.VersionsDeleted
                || answer.reply() instanceof BrickProtocol.CopiesDropped) {
            current.confirm(request);
            rests.succeed(request.brick());
        } else {
            failed(current, request, answer.reply().toString());
        }
        return current.isAnswered() ? finishRound(current) : this;
    }

    private Behavior<Command> onTimedOut() {
        PurgeRound current = round;
        if (phase != Phase.ASKING || current == null) {
            // The coordinator did not confirm: it is overloaded or stopping. Begin again later, from the start.
            return rest();
        }
        current.silent().forEach(request -> failed(current, request, "no answer within " + settings.answerTimeout()));
        return finishRound(current);
    }

    private void failed(PurgeRound current, PurgeRound.Request request, String reason) {
        BrickId brick = request.brick();
        current.fail(request);
        rests.fail(brick, monotonicMillis());
        getContext().getLog().warn("volume={} brick={} deletion not confirmed: {}", placement.volume(), brick, reason);
    }

    private Behavior<Command> finishRound(PurgeRound finished) {
        round = null;
        asked.clear();
        List<DueDeletion> complete = finished.complete();
        List<PartialDeletion> partial = finished.partial();
        blocked |= complete.size() < finished.size();
        timers.cancel(TIMEOUT);
        if (complete.isEmpty() && partial.isEmpty()) {
            phase = Phase.RESTING;
            getContext().getSelf().tell(new Look());
            return this;
        }
        tally.add(complete.size(), 0);
        return step(new Work.FinishDeletions(complete, partial, stepDone));
    }

    private Behavior<Command> takeDetachedApart() {
        return step(new Work.PurgeDetached(settings.versionsMax(), detachedStepDone));
    }

    private Behavior<Command> step(Work work) {
        phase = Phase.STEPPING;
        batcher.tell(new Batcher.Enqueue(work));
        timers.startSingleTimer(TIMEOUT, new TimedOut(), settings.answerTimeout());
        return this;
    }

    private Behavior<Command> onStepFinished(StepFinished step) {
        if (phase != Phase.STEPPING) {
            return this;
        }
        timers.cancel(TIMEOUT);
        return step.again() ? onLook() : rest();
    }

    /** Ends a walk over the queue. */
    private Behavior<Command> rest() {
        Duration longer = pause.multipliedBy(2);
        pause = !blocked
                ? settings.interval()
                : longer.compareTo(settings.intervalMax()) < 0 ? longer : settings.intervalMax();
        blocked = false;
        walked = null;
        phase = Phase.RESTING;
        timers.startSingleTimer(new Look(), pause);
        return this;
    }

    private boolean isAvailable(BrickId brick) {
        return surroundings
                        .topology()
                        .current()
                        .brick(brick)
                        .filter(PoolTopology.Brick::isServing)
                        .isPresent()
                && !rests.isResting(brick, monotonicMillis());
    }

    private static long monotonicMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
