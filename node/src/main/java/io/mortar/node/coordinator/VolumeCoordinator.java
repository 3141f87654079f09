package io.mortar.node.coordinator;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.persistence.typed.DeleteEventsFailed;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.SnapshotFailed;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.Leases;
import io.mortar.core.namespace.RowChange;
import io.mortar.core.volume.VolumeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes the file tree of one volume: evaluates batches, makes each durable as one event, applies it to the {@link NamespaceStore},
 * then answers. Reads the store while it decides, so it runs on a dispatcher for blocking work.
 *
 * <p>Akka runs the event handler <em>before</em> a live event is durable. Rows of an event that is then lost must not be in the
 * store, so live events are applied in {@code thenRun}, after the journal has them; replayed ones, which are durable, in the handler.
 *
 * <p>Any failure of the journal or the store stops this actor with that failure; its guardian halts the process.
 */
final class VolumeCoordinator extends EventSourcedBehavior<VolumeCoordinator.Command, NamespaceBatch, NamespaceMarker> {
    sealed interface Command permits RunBatch, Tick, Stop {}

    /** Sent by the batcher, one at a time; answered after the answers to its steps were sent. */
    record RunBatch(List<Work> steps, ActorRef<Done> replyTo) implements Command {
        RunBatch {
            steps = List.copyOf(steps);
        }
    }

    record Stop() implements Command {}

    private record Tick() implements Command {}

    private static final Duration TICK_INTERVAL_MAX = Duration.ofSeconds(1);
    private static final int EXPIRED_PER_TICK_MAX = 100;
    private static final int FORGOTTEN_PER_TICK_MAX = 1000;
    private static final int RECENT_OUTCOMES_MAX = 4096;

    private final ActorContext<Command> context;
    private final VolumePlacement placement;
    private final Surroundings surroundings;
    private final ActorRef<Done> ready;
    private final OutcomeCodec codec = new OutcomeCodec();
    private final RecentOutcomes recent = new RecentOutcomes(RECENT_OUTCOMES_MAX);
    private final LeaseTable leases;
    private final String id;
    private boolean recovered;
    private long forgottenMillis;

    /** @param ready told once, when the store has every acknowledged change */
    static Behavior<Command> create(VolumePlacement placement, Surroundings surroundings, ActorRef<Done> ready) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new VolumeCoordinator(context, timers, placement, surroundings, ready)));
    }

    /** Name under which the events of {@code volume} are stored. */
    static PersistenceId persistenceId(VolumeId volume) {
        return PersistenceId.ofUniqueId("volume-" + volume);
    }

    private VolumeCoordinator(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            VolumePlacement placement,
            Surroundings surroundings,
            ActorRef<Done> ready) {
        super(persistenceId(placement.volume()));
        this.context = context;
        this.placement = placement;
        this.surroundings = surroundings;
        this.ready = ready;
        this.id = persistenceId().id();
        Duration lease = surroundings.settings().lease();
        this.leases = new LeaseTable(lease.toMillis());
        this.forgottenMillis = monotonicMillis();
        Duration tick = lease.dividedBy(4);
        timers.startTimerWithFixedDelay(new Tick(), tick.compareTo(TICK_INTERVAL_MAX) < 0 ? tick : TICK_INTERVAL_MAX);
    }

    @Override
    public NamespaceMarker emptyState() {
        return NamespaceMarker.EMPTY;
    }

    @Override
    public CommandHandler<Command, NamespaceBatch, NamespaceMarker> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(RunBatch.class, this::onRunBatch)
                .onCommand(Tick.class, this::onTick)
                .onCommand(Stop.class, stop -> Effect().stop())
                .build();
    }

    @Override
    public EventHandler<NamespaceMarker, NamespaceBatch> eventHandler() {
        return (marker, batch) -> {
            if (recovered) {
                return new NamespaceMarker(marker.sequence() + 1);
            }
            long sequence = lastSequenceNumber(context);
            replay(marker, sequence, batch);
            return new NamespaceMarker(sequence);
        };
    }

    @Override
    public SignalHandler<NamespaceMarker> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::onRecovered)
                .onSignal(SnapshotFailed.class, (marker, failed) -> halt("save a snapshot of", failed.getFailure()))
                .onSignal(
                        DeleteEventsFailed.class, (marker, failed) -> halt("delete old events of", failed.getFailure()))
                .build();
    }

    @Override
    public String journalPluginId() {
        return surroundings.settings().persisting().journalPluginId();
    }

    @Override
    public String snapshotPluginId() {
        return surroundings.settings().persisting().snapshotPluginId();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(
                        surroundings.settings().persisting().checkpointEvents(), 1)
                .withDeleteEventsOnSnapshot();
    }

    private Effect<NamespaceBatch, NamespaceMarker> onRunBatch(NamespaceMarker marker, RunBatch command) {
        SpaceAdmission admission = SpaceAdmission.now(surroundings.space());
        if (isCheckpointDue(marker) && admission.acceptsWrites()) {
            return checkpointThen(command);
        }
        Evaluated evaluated = evaluate(admission.admit(command.steps()));
        return persist(evaluated.changes(), () -> {
            finish(evaluated);
            command.replyTo().tell(Done.done());
        });
    }

    private Effect<NamespaceBatch, NamespaceMarker> onTick(NamespaceMarker marker, Tick tick) {
        List<Work> steps = new ArrayList<>();
        leases.overdue(monotonicMillis(), EXPIRED_PER_TICK_MAX).forEach(v -> steps.add(new Work.Expire(v)));
        long memoryMillis = surroundings.settings().answerMemory().toMillis();
        if (monotonicMillis() - forgottenMillis > memoryMillis / 10) {
            forgottenMillis = monotonicMillis();
            steps.add(new Work.ForgetAnswers(surroundings.clock().millis() - memoryMillis, FORGOTTEN_PER_TICK_MAX));
        }
        if (steps.isEmpty()) {
            return Effect().none();
        }
        SpaceAdmission admission = SpaceAdmission.now(surroundings.space());
        if (isCheckpointDue(marker) && admission.acceptsWrites()) {
            return checkpointThen(tick);
        }
        Evaluated evaluated = evaluate(admission.admit(steps));
        return persist(evaluated.changes(), () -> finish(evaluated));
    }

    private Evaluated evaluate(List<Work> steps) {
        return BatchEvaluation.of(placement.context(), surroundings.store().rows(), steps, codec, recent);
    }

    /** While the disk takes no writes nothing is admitted that makes an event: then the checkpoint waits, too. */
    private boolean isCheckpointDue(NamespaceMarker marker) {
        return (marker.sequence() + 1) % surroundings.settings().persisting().checkpointEvents() == 0;
    }

    /** Makes the event that Akka takes the next snapshot at an empty one, then handles {@code command} from the start. */
    private Effect<NamespaceBatch, NamespaceMarker> checkpointThen(Command command) {
        return Effect().persist(NamespaceBatch.CHECKPOINT).thenRun(marker -> {
            apply(marker, NamespaceBatch.CHECKPOINT);
            context.getSelf().tell(command);
        });
    }

    private Effect<NamespaceBatch, NamespaceMarker> persist(List<RowChange> changes, Runnable afterwards) {
        if (changes.isEmpty()) {
            return Effect().none().thenRun(afterwards::run);
        }
        NamespaceBatch batch = new NamespaceBatch(changes);
        return Effect().persist(batch).thenRun(marker -> {
            apply(marker, batch);
            afterwards.run();
        });
    }

    private void apply(NamespaceMarker marker, NamespaceBatch batch) {
        if (!surroundings.store().applyIfNewer(id, marker.sequence(), batch.changes())) {
            throw new AssertionError("event " + marker.sequence() + " of " + id
                    + " is new, but the namespace already has one of that number");
        }
    }

    private void finish(Evaluated evaluated) {
        for (Evaluated.LeaseStep step : evaluated.leases()) {
            if (step.open()) {
                leases.extend(step.version(), monotonicMillis());
            } else {
                leases.remove(step.version());
            }
        }
        evaluated.answers().forEach(Evaluated.Answer::send);
    }

    /**
     * Applies a durable event again. The store may lack the event before this one only if that is the checkpoint which the replay
     * began at; anything else means that the store was lost, and going on would show an empty volume.
     */
    private void replay(NamespaceMarker before, long sequence, NamespaceBatch batch) {
        long applied = surroundings.store().applied(id);
        boolean checkpointMissing = applied == sequence - 2 && before.sequence() == sequence - 1;
        if (applied < sequence - 1 && !checkpointMissing) {
            throw new AssertionError("the namespace has " + id + " up to event " + applied
                    + " and the journal begins at event " + sequence
                    + ": the events between are lost. Restore the data directory of this node from a backup");
        }
        surroundings.store().applyIfNewer(id, sequence, batch.changes());
    }

    private void onRecovered(NamespaceMarker marker) {
        long applied = surroundings.store().applied(id);
        long last = lastSequenceNumber(context);
        if (marker.sequence() != last || applied > last || applied < last - 1) {
            throw new AssertionError(
                    "the namespace has " + id + " up to event " + applied + " and the journal up to event " + last
                            + ": one of them was lost. Restore the data directory of this node from a backup");
        }
        recovered = true;
        List<FileVersion> open = Leases.open(surroundings.store().rows(), placement.volume());
        open.forEach(version -> leases.extend(version, monotonicMillis()));
        context.getLog().info("volume={} event={} openWrites={} recovered", placement.volume(), last, open.size());
        ready.tell(Done.done());
    }

    private void halt(String what, Throwable cause) {
        surroundings.fault().halt(what + " " + id, cause);
    }

    private static long monotonicMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
