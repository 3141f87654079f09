package io.mortar.node.registry;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.registry.Decision;
import io.mortar.core.registry.RegisteredVolume;
import io.mortar.core.registry.RegistryCommand;
import io.mortar.core.registry.RegistryEvent;
import io.mortar.core.registry.RegistryRules;
import io.mortar.core.registry.RegistryState;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.node.coordinator.VolumeControl;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.TopologyView;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The pool's registry. Decides with {@link RegistryRules}, persists, then answers and carries on with the steps that the event begins.
 * Every step may be repeated, so that after a crash the state alone says what is left to do.
 *
 * <p>Stops when its journal fails; whoever spawned it must then stop the node.
 */
public final class Registry extends EventSourcedBehavior<Object, RegistryEvent, RegistryState> {
    /** Name of the actor under {@code /user}. */
    public static final String NAME = "registry";

    private static final String PERSISTENCE_ID = "registry";
    private static final int SNAPSHOT_EVENT_COUNT = 200;
    private static final int SNAPSHOT_COUNT = 2;

    private record Retry() {}

    /** What the registry takes from outside besides messages: replaced in tests. */
    record Surroundings(TopologyView topology, Clock clock, Supplier<BrickId> brickIds) {}

    private final ActorContext<Object> context;
    private final TimerScheduler<Object> timers;
    private final RegistryHome home;
    private final Surroundings surroundings;
    private final RegistrySettings settings;
    private final RegistryRules rules;
    private final RegistryReports reports;
    private final VolumeSteps steps;

    /** @param namespace the namespace actor of this process; it is told of every volume once the registry has recovered */
    public static Behavior<RegistryProtocol.Request> create(
            RegistryHome home,
            TopologyView topology,
            ActorRef<VolumeControl.Request> namespace,
            RegistrySettings settings) {
        Surroundings surroundings = new Surroundings(topology, Clock.systemUTC(), () -> new BrickId(UUID.randomUUID()));
        return create(home, surroundings, namespace, settings);
    }

    static Behavior<RegistryProtocol.Request> create(
            RegistryHome home,
            Surroundings surroundings,
            ActorRef<VolumeControl.Request> namespace,
            RegistrySettings settings) {
        return Behaviors.<Object>setup(context -> Behaviors.withTimers(
                        timers -> new Registry(context, timers, home, surroundings, namespace, settings)))
                .narrow();
    }

    private Registry(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            RegistryHome home,
            Surroundings surroundings,
            ActorRef<VolumeControl.Request> namespace,
            RegistrySettings settings) {
        super(PersistenceId.ofUniqueId(PERSISTENCE_ID));
        this.context = context;
        this.timers = timers;
        this.home = home;
        this.surroundings = surroundings;
        this.settings = settings;
        this.rules = new RegistryRules(settings.limits());
        this.reports = new RegistryReports(
                context,
                namespace,
                settings.usageTimeout(),
                surroundings.clock().instant());
        this.steps = new VolumeSteps(
                context, timers, home, settings, this::topology, new RegistryNeighbours(namespace), reports);
    }

    @Override
    public String journalPluginId() {
        return settings.journalPluginId();
    }

    @Override
    public String snapshotPluginId() {
        return settings.snapshotPluginId();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(SNAPSHOT_EVENT_COUNT, SNAPSHOT_COUNT);
    }

    @Override
    public RegistryState emptyState() {
        return RegistryState.EMPTY;
    }

    @Override
    public EventHandler<RegistryState, RegistryEvent> eventHandler() {
        return RegistryState::evolve;
    }

    @Override
    public SignalHandler<RegistryState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::onRecovered)
                .build();
    }

    /** Runs before any request: a creation that is in the state now was begun before the crash. */
    private void onRecovered(RegistryState state) {
        context.getLog()
                .info(
                        "registry_recovered nodes={} volumes={}",
                        state.nodes().size(),
                        state.volumes().size());
        steps.resume(state);
        timers.startTimerWithFixedDelay(new Retry(), settings.retryInterval());
    }

    @Override
    public CommandHandler<Object, RegistryEvent, RegistryState> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(RegistryProtocol.RegisterNode.class, this::onRegisterNode)
                .onCommand(RegistryProtocol.ForgetNode.class, this::onForgetNode)
                .onCommand(RegistryProtocol.DescribePool.class, this::onDescribePool)
                .onCommand(RegistryProtocol.CreateVolume.class, this::onCreateVolume)
                .onCommand(
                        RegistryProtocol.StartVolume.class,
                        (state, m) ->
                                changeState(state, new RegistryCommand.StartVolume(m.name()), m.name(), m.replyTo()))
                .onCommand(
                        RegistryProtocol.StopVolume.class,
                        (state, m) ->
                                changeState(state, new RegistryCommand.StopVolume(m.name()), m.name(), m.replyTo()))
                .onCommand(RegistryProtocol.DeleteVolume.class, this::onDeleteVolume)
                .onCommand(RegistryProtocol.DescribeVolume.class, this::onDescribeVolume)
                .onCommand(RegistryProtocol.ListVolumes.class, this::onListVolumes)
                .onCommand(BrickPreparation.Prepared.class, this::onPrepared)
                .onCommand(BrickPreparation.Failed.class, this::onPreparationFailed)
                .onCommand(VolumeSteps.PreparationEnded.class, this::onPreparationEnded)
                .onCommand(VolumeControl.Dropped.class, this::onDropped)
                .onCommand(BrickAdminProtocol.BrickReleased.class, this::onBrickReleased)
                .onCommand(BrickAdminProtocol.BrickAdminRefused.class, this::onReleaseRefused)
                .onCommand(VolumeSteps.ReleaseLate.class, (state, late) -> then(() -> steps.releaseLate(late)))
                .onCommand(RegistryReports.Ended.class, (state, ended) -> then(reports::ended))
                .onCommand(Retry.class, (state, retry) -> then(() -> steps.retry(state)))
                .build();
    }

    private Effect<RegistryEvent, RegistryState> onRegisterNode(
            RegistryState state, RegistryProtocol.RegisterNode message) {
        var command = new RegistryCommand.RegisterNode(message.node(), message.name(), message.address());
        return decided(state, command, message.replyTo(), next -> {
            context.getLog()
                    .info(
                            "node_registered name={} node={} address={}",
                            message.name(),
                            message.node(),
                            message.address());
            home.nodeRegistered().accept(message.address());
            message.replyTo().tell(new RegistryProtocol.NodeRegistered(home.pool(), home.node()));
        });
    }

    private Effect<RegistryEvent, RegistryState> onForgetNode(
            RegistryState state, RegistryProtocol.ForgetNode message) {
        var command = new RegistryCommand.ForgetNode(message.name(), RegistryNeighbours.reachable(topology()));
        return decided(state, command, message.replyTo(), next -> {
            context.getLog().info("node_forgotten name={}", message.name());
            message.replyTo().tell(new RegistryProtocol.NodeForgotten(message.name()));
        });
    }

    private Effect<RegistryEvent, RegistryState> onDescribePool(
            RegistryState state, RegistryProtocol.DescribePool message) {
        reports.pool(home, state, topology(), message.replyTo());
        return Effect().none();
    }

    private Effect<RegistryEvent, RegistryState> onCreateVolume(
            RegistryState state, RegistryProtocol.CreateVolume message) {
        int brickCount = message.bricks().size();
        var command = new RegistryCommand.CreateVolume(
                message.name(),
                message.spec(),
                message.bricks(),
                Stream.generate(surroundings.brickIds()).limit(brickCount).toList(),
                surroundings.clock().millis(),
                RegistryNeighbours.reachable(topology()));
        boolean isRepeated = state.volume(message.name()).isPresent();
        return bounded(state, command, message.replyTo(), next -> {
            RegisteredVolume volume = next.existing(message.name());
            steps.awaitCreation(volume, message.replyTo());
            if (!isRepeated) {
                steps.prepare(volume);
            }
        });
    }

    private Effect<RegistryEvent, RegistryState> onPrepared(RegistryState state, BrickPreparation.Prepared message) {
        return step(
                state,
                new RegistryCommand.CompleteCreation(message.volume()),
                next -> steps.created(next.existing(message.volume()), message.capacities()));
    }

    private Effect<RegistryEvent, RegistryState> onPreparationFailed(
            RegistryState state, BrickPreparation.Failed message) {
        return rollBack(state, message.volume(), message.refusal());
    }

    /** Matters only when there was no result: the registry stopped in between, or the preparation itself failed. */
    private Effect<RegistryEvent, RegistryState> onPreparationEnded(
            RegistryState state, VolumeSteps.PreparationEnded message) {
        String name = state.volume(message.volume()).map(v -> v.name().value()).orElse("");
        String text = "volume '" + name + "' was not created: the metadata node stopped before"
                + " all of its bricks were prepared; create it again";
        return rollBack(state, message.volume(), new Refusal(RefusalCode.INTERNAL, text));
    }

    private Effect<RegistryEvent, RegistryState> rollBack(RegistryState state, VolumeId volume, Refusal refusal) {
        return step(
                state,
                new RegistryCommand.RollBackCreation(volume, refusal.text()),
                next -> steps.creationFailed(state.existing(volume), refusal));
    }

    private Effect<RegistryEvent, RegistryState> changeState(
            RegistryState state, RegistryCommand command, VolumeName name, ActorRef<RegistryProtocol.Reply> replyTo) {
        return bounded(state, command, replyTo, next -> steps.stateChanged(next.existing(name), replyTo));
    }

    private Effect<RegistryEvent, RegistryState> onDeleteVolume(
            RegistryState state, RegistryProtocol.DeleteVolume message) {
        return bounded(
                state,
                new RegistryCommand.DeleteVolume(message.name()),
                message.replyTo(),
                next -> steps.drop(next.existing(message.name()), message.replyTo()));
    }

    private Effect<RegistryEvent, RegistryState> onDropped(RegistryState state, VolumeControl.Dropped message) {
        return step(
                state,
                new RegistryCommand.CompleteDeletion(message.id()),
                next -> steps.deleted(state.existing(message.id())));
    }

    private Effect<RegistryEvent, RegistryState> onBrickReleased(
            RegistryState state, BrickAdminProtocol.BrickReleased message) {
        return step(
                state, new RegistryCommand.CompleteRelease(message.brick()), next -> steps.released(message.brick()));
    }

    /** The release is repeated later. */
    private Effect<RegistryEvent, RegistryState> onReleaseRefused(
            RegistryState state, BrickAdminProtocol.BrickAdminRefused message) {
        Refusal refusal = message.refusal();
        context.getLog()
                .warn(
                        "brick_release_refused brick={} code={} text={}",
                        message.brick(),
                        refusal.code(),
                        refusal.text());
        return Effect().none();
    }

    private Effect<RegistryEvent, RegistryState> onDescribeVolume(
            RegistryState state, RegistryProtocol.DescribeVolume message) {
        if (isFull()) {
            return refuse(message.replyTo(), overloaded());
        }
        Optional<RegisteredVolume> volume = state.volume(message.name());
        if (volume.isEmpty()) {
            return refuse(
                    message.replyTo(),
                    RegistryRules.volumeNotFound(message.name()).refusal());
        }
        reports.volume(volume.get(), topology(), Map.of(), message.replyTo());
        return Effect().none();
    }

    private Effect<RegistryEvent, RegistryState> onListVolumes(
            RegistryState state, RegistryProtocol.ListVolumes message) {
        if (isFull()) {
            return refuse(message.replyTo(), overloaded());
        }
        reports.volumes(state, topology(), message.replyTo());
        return Effect().none();
    }

    /** For requests: answers a refusal, or persists and then goes on. */
    private Effect<RegistryEvent, RegistryState> decided(
            RegistryState state,
            RegistryCommand command,
            ActorRef<RegistryProtocol.Reply> replyTo,
            Consumer<RegistryState> then) {
        Decision decision = rules.decide(state, command);
        if (decision instanceof Decision.Refused refused) {
            return refuse(replyTo, refused.refusal());
        }
        if (decision instanceof Decision.Accepted accepted) {
            return Effect().persist(accepted.events()).thenRun((RegistryState next) -> then.accept(next));
        }
        throw new AssertionError("unhandled " + decision);
    }

    /** For requests whose answer is held back until something else has happened. */
    private Effect<RegistryEvent, RegistryState> bounded(
            RegistryState state,
            RegistryCommand command,
            ActorRef<RegistryProtocol.Reply> replyTo,
            Consumer<RegistryState> then) {
        return isFull() ? refuse(replyTo, overloaded()) : decided(state, command, replyTo, then);
    }

    /** For the ends of the registry's own steps; one that has ended before does nothing. */
    private Effect<RegistryEvent, RegistryState> step(
            RegistryState state, RegistryCommand command, Consumer<RegistryState> then) {
        Decision decision = rules.decide(state, command);
        if (decision instanceof Decision.Accepted accepted) {
            return accepted.events().isEmpty()
                    ? Effect().none()
                    : Effect().persist(accepted.events()).thenRun((RegistryState next) -> then.accept(next));
        }
        throw new AssertionError("a step was refused: " + decision);
    }

    /** For messages that change nothing that is stored. */
    private Effect<RegistryEvent, RegistryState> then(Runnable act) {
        act.run();
        return Effect().none();
    }

    private Effect<RegistryEvent, RegistryState> refuse(ActorRef<RegistryProtocol.Reply> replyTo, Refusal refusal) {
        replyTo.tell(new RegistryProtocol.Refused(refusal));
        return Effect().none();
    }

    private boolean isFull() {
        return steps.heldCount() + reports.openCount() >= settings.requestCountMax();
    }

    private Refusal overloaded() {
        return new Refusal(
                RefusalCode.OVERLOADED,
                "the registry has " + settings.requestCountMax()
                        + " requests in progress, its limit; try again in a moment");
    }

    private PoolTopology topology() {
        PoolTopology topology = surroundings.topology().current();
        reports.observe(topology, surroundings.clock().instant());
        return topology;
    }
}
