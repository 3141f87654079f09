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
import io.mortar.core.refusal.Refusal;
import io.mortar.core.volume.VolumeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes the file tree of one volume: evaluates batches, makes each durable as one event, applies it to the {@link Namespace}, then
 * answers. A batch that changes nothing is answered once {@link Namespace#confirm} has completed. Reads rows while it decides, so it
 * runs on a dispatcher for blocking work.
 *
 * <p>Akka runs the event handler <em>before</em> a live event is durable. Rows of an event that is then lost must not be in the
 * namespace, so live events are applied in {@code thenRun}, after the journal has them; replayed ones, which are durable, in the handler.
 *
 * <p>Any failure of the journal or the store stops this actor with that failure; its guardian halts the process, unless the failure is
 * the end of the leadership.
 */
final class VolumeCoordinator extends EventSourcedBehavior<VolumeCoordinator.Command, NamespaceBatch, NamespaceMarker> {
    sealed interface Command permits RunBatch, Confirmed, Tick, Stop {}

    /** Sent by the batcher, one at a time; answered after the answers to its steps were sent. */
    record RunBatch(List<Work> steps, ActorRef<Done> replyTo) implements Command {
        RunBatch {
            steps = List.copyOf(steps);
        }
    }

    record Stop() implements Command {}

    /** @param failure why it is not certain that this node's answers are right; null when they are */
    private record Confirmed(
            RunBatch batch, Evaluated evaluated, @Nullable Throwable failure) implements Command {}

    private record Tick() implements Command {}

    /** The names under which events of volumes are stored begin with this, and no others do. */
    static final String ID_PREFIX = "volume-";

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
    private final int checkpointEvents;
    private boolean recovered;
    private boolean confirming;
    private long forgottenMillis;

    /** @param ready told once, when the namespace has every acknowledged change */
    static Behavior<Command> create(VolumePlacement placement, Surroundings surroundings, ActorRef<Done> ready) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new VolumeCoordinator(context, timers, placement, surroundings, ready)));
    }

    /** Name under which the events of {@code volume} are stored. */
    static PersistenceId persistenceId(VolumeId volume) {
        return PersistenceId.ofUniqueId(ID_PREFIX + volume);
    }

    private VolumeCoordinator(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            VolumePlacement placement,
            Surroundings surroundings,
            ActorRef<Done> ready) {
        super(persistenceId(placement.volume()), Leadership.stopForItsStarter());
        this.context = context;
        this.placement = placement;
        this.surroundings = surroundings;
        this.ready = ready;
        this.id = persistenceId().id();
        this.checkpointEvents = surroundings.namespace().keepsEvents()
                ? surroundings.settings().persisting().checkpointEvents()
                : 0;
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
                .onCommand(Confirmed.class, this::onConfirmed)
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
            surroundings.namespace().replay(id, marker.sequence(), sequence, batch.changes());
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
        return checkpointEvents == 0
                ? RetentionCriteria.disabled()
                : RetentionCriteria.snapshotEvery(checkpointEvents, 1).withDeleteEventsOnSnapshot();
    }

    private Effect<NamespaceBatch, NamespaceMarker> onRunBatch(NamespaceMarker marker, RunBatch command) {
        SpaceAdmission admission = SpaceAdmission.now(surroundings.space());
        if (isCheckpointDue(marker) && admission.acceptsWrites()) {
            return checkpointThen(command);
        }
        Evaluated evaluated = evaluate(admission.admit(command.steps()));
        if (evaluated.changes().isEmpty() && !evaluated.answers().isEmpty()) {
            confirming = true;
            context.pipeToSelf(
                    surroundings.namespace().confirm(), (done, failure) -> new Confirmed(command, evaluated, failure));
            return Effect().none();
        }
        return persist(evaluated.changes(), () -> {
            // Before the answers: whoever gets one may end the volume, and what the batcher then believes to be on its
            // way would be refused although it is answered.
            command.replyTo().tell(Done.done());
            finish(evaluated);
        });
    }

    /** Not yet an end of this actor: if the leadership has ended, whoever started it will hear of that and stop it. */
    private Effect<NamespaceBatch, NamespaceMarker> onConfirmed(NamespaceMarker marker, Confirmed confirmed) {
        confirming = false;
        confirmed.batch().replyTo().tell(Done.done());
        Throwable failure = confirmed.failure();
        if (failure == null) {
            finish(confirmed.evaluated());
        } else {
            Refusal refusal = Leadership.unconfirmed(failure)
                    .orElseThrow(() -> new IllegalStateException(
                            "it cannot be told whether answers of " + id + " are right", failure));
            confirmed.batch().steps().forEach(step -> step.refuse(refusal));
        }
        return Effect().none();
    }

    /** Waits while answers are being confirmed: a lease that one of them renews must not run out in between. */
    private Effect<NamespaceBatch, NamespaceMarker> onTick(NamespaceMarker marker, Tick tick) {
        if (confirming) {
            return Effect().none();
        }
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
        return BatchEvaluation.of(placement.context(), surroundings.namespace().rows(), steps, codec, recent);
    }

    /** While the disk takes no writes nothing is admitted that makes an event: then the checkpoint waits, too. */
    private boolean isCheckpointDue(NamespaceMarker marker) {
        return checkpointEvents != 0 && (marker.sequence() + 1) % checkpointEvents == 0;
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
        surroundings.namespace().apply(id, marker.sequence(), batch.changes());
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

    private void onRecovered(NamespaceMarker marker) {
        long last = lastSequenceNumber(context);
        surroundings.namespace().checkRecovered(id, marker.sequence(), last);
        recovered = true;
        List<FileVersion> open = Leases.open(surroundings.namespace().rows(), placement.volume());
        open.forEach(version -> leases.extend(version, monotonicMillis()));
        context.getLog().info("volume={} event={} openWrites={} recovered", placement.volume(), last, open.size());
        ready.tell(Done.done());
    }

    private void halt(String what, Throwable cause) {
        if (!Leadership.isLost(cause)) {
            surroundings.fault().halt(what + " " + id, cause);
        }
    }

    private static long monotonicMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
