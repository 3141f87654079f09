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
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.registry.RegisteredNode;
import io.mortar.core.registry.RegisteredVolume;
import io.mortar.core.registry.RegistryCommand;
import io.mortar.core.registry.RegistryEvent;
import io.mortar.core.registry.RegistryRules;
import io.mortar.core.registry.RegistryState;
import io.mortar.core.volume.VolumeName;
import io.mortar.node.coordinator.Leadership;
import io.mortar.node.coordinator.VolumeControl;
import io.mortar.node.event.RoomForEvents;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The registry itself, below its {@link RegistryGuardian}. Decides with {@link RegistryRules}, persists, then answers and carries on with the steps that the event begins.
 * Every step may be repeated, so that after a crash the state alone says what is left to do.
 *
 * <p>Fails when its journal does.
 */
final class Registry extends EventSourcedBehavior<Object, RegistryEvent, RegistryState> {
    private static final int SNAPSHOT_EVENT_COUNT = 200;
    private static final int SNAPSHOT_COUNT = 2;

    private record Retry() {}

    private final ActorContext<Object> context;
    private final TimerScheduler<Object> timers;
    private final RegistryHome home;
    private final RegistrySurroundings surroundings;
    private final RegistrySettings settings;
    private final RoomForEvents room;
    private final RegistryEffects effects;
    private final RegistryReports reports;
    private final VolumeSteps steps;
    private final MembershipRequests membership;

    static Behavior<RegistryProtocol.Request> create(
            RegistryHome home,
            RegistrySurroundings surroundings,
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
            RegistrySurroundings surroundings,
            ActorRef<VolumeControl.Request> namespace,
            RegistrySettings settings) {
        super(PersistenceId.ofUniqueId(home.events()), Leadership.stopForItsStarter());
        this.context = context;
        this.timers = timers;
        this.home = home;
        this.surroundings = surroundings;
        this.settings = settings;
        this.room = new RoomForEvents(surroundings.space(), "the pool's metadata");
        this.reports = new RegistryReports(
                context,
                namespace,
                settings.usageTimeout(),
                surroundings.clock().instant());
        this.steps = new VolumeSteps(
                context, timers, home, settings, this::topology, new RegistryNeighbours(namespace), reports);
        this.effects = new RegistryEffects(
                Effect(),
                new RegistryRules(settings.limits()),
                room,
                settings.requestCountMax(),
                () -> steps.heldCount() + reports.openCount());
        this.membership = new MembershipRequests(effects, steps, this::topology, surroundings.brickIds());
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
                .onCommand(RegistryProtocol.AddBricks.class, membership::onAddBricks)
                .onCommand(RegistryProtocol.RemoveBricks.class, membership::onRemoveBricks)
                .onCommand(RegistryProtocol.StopRemoval.class, membership::onStopRemoval)
                .onCommand(RegistryProtocol.ReplaceBrick.class, membership::onReplaceBrick)
                .onCommand(RegistryProtocol.SetReplica.class, membership::onSetReplica)
                .onCommand(RegistryProtocol.TryChange.class, membership::onTryChange)
                .onCommand(VolumeControl.Vacated.class, membership::onVacated)
                .onCommand(RegistryProtocol.DescribeVolume.class, this::onDescribeVolume)
                .onCommand(RegistryProtocol.ListVolumes.class, this::onListVolumes)
                .onCommand(BrickPreparation.Prepared.class, this::onPrepared)
                .onCommand(BrickPreparation.Failed.class, this::onPreparationFailed)
                .onCommand(VolumeSteps.PreparationEnded.class, this::onPreparationEnded)
                .onCommand(VolumeControl.Dropped.class, this::onDropped)
                .onCommand(BrickAdminProtocol.BrickReleased.class, this::onBrickReleased)
                .onCommand(BrickAdminProtocol.BrickAdminRefused.class, this::onReleaseRefused)
                .onCommand(VolumeSteps.ReleaseLate.class, (state, late) -> effects.act(() -> steps.releaseLate(late)))
                .onCommand(RegistryReports.Ended.class, (state, ended) -> effects.act(reports::ended))
                .onCommand(Retry.class, (state, retry) -> onRetry(state))
                .build();
    }

    private Effect<RegistryEvent, RegistryState> onRegisterNode(
            RegistryState state, RegistryProtocol.RegisterNode message) {
        var command = new RegistryCommand.RegisterNode(message.node(), message.name(), message.address());
        boolean isNews = !state.nodes().contains(new RegisteredNode(message.node(), message.name(), message.address()));
        return effects.decided(state, command, message.replyTo(), next -> {
            if (isNews) {
                context.getLog()
                        .info(
                                "node_registered name={} node={} address={}",
                                message.name(),
                                message.node(),
                                message.address());
            }
            home.nodeRegistered().accept(message.address());
            message.replyTo().tell(new RegistryProtocol.NodeRegistered(home.pool(), home.node()));
        });
    }

    private Effect<RegistryEvent, RegistryState> onForgetNode(
            RegistryState state, RegistryProtocol.ForgetNode message) {
        var command = new RegistryCommand.ForgetNode(message.name(), RegistryNeighbours.reachable(topology()));
        return effects.decided(state, command, message.replyTo(), next -> {
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
        return effects.bounded(state, command, message.replyTo(), next -> {
            RegisteredVolume volume = next.existing(message.name());
            steps.awaitCreation(volume, message.replyTo());
            if (!isRepeated) {
                steps.prepare(PreparationPlan.creation(volume));
            }
        });
    }

    private Effect<RegistryEvent, RegistryState> onPrepared(RegistryState state, BrickPreparation.Prepared message) {
        PreparationPlan plan = message.plan();
        return effects.step(
                state,
                message,
                plan.complete(),
                next -> steps.prepared(plan, next.existing(plan.volume()), message.capacities()));
    }

    private Effect<RegistryEvent, RegistryState> onPreparationFailed(
            RegistryState state, BrickPreparation.Failed message) {
        return rollBack(state, message, message.plan(), message.refusal());
    }

    /** Matters only when there was no result: the registry stopped in between, or the preparation itself failed. */
    private Effect<RegistryEvent, RegistryState> onPreparationEnded(
            RegistryState state, VolumeSteps.PreparationEnded message) {
        String text = message.plan().failure() + ": the metadata node stopped before"
                + " all of its bricks were prepared; try it again";
        return rollBack(state, message, message.plan(), new Refusal(RefusalCode.INTERNAL, text));
    }

    private Effect<RegistryEvent, RegistryState> rollBack(
            RegistryState state, Object message, PreparationPlan plan, Refusal refusal) {
        return effects.step(
                state, message, plan.rollBack(refusal.text()), next -> steps.preparationFailed(plan, refusal));
    }

    private Effect<RegistryEvent, RegistryState> changeState(
            RegistryState state, RegistryCommand command, VolumeName name, ActorRef<RegistryProtocol.Reply> replyTo) {
        return effects.bounded(state, command, replyTo, next -> steps.changed(next.existing(name), replyTo));
    }

    private Effect<RegistryEvent, RegistryState> onDeleteVolume(
            RegistryState state, RegistryProtocol.DeleteVolume message) {
        return effects.bounded(
                state,
                new RegistryCommand.DeleteVolume(message.name()),
                message.replyTo(),
                next -> steps.drop(next.existing(message.name()), message.replyTo()));
    }

    private Effect<RegistryEvent, RegistryState> onDropped(RegistryState state, VolumeControl.Dropped message) {
        return effects.step(
                state,
                message,
                new RegistryCommand.CompleteDeletion(message.id()),
                next -> steps.deleted(state.existing(message.id())));
    }

    private Effect<RegistryEvent, RegistryState> onBrickReleased(
            RegistryState state, BrickAdminProtocol.BrickReleased message) {
        return effects.step(
                state,
                message,
                new RegistryCommand.CompleteRelease(message.brick()),
                next -> steps.released(message.brick()));
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
        if (effects.isFull()) {
            return effects.refuseOverload(message.replyTo());
        }
        Optional<RegisteredVolume> volume = state.volume(message.name());
        if (volume.isEmpty()) {
            return effects.refuse(
                    message.replyTo(),
                    RegistryRules.volumeNotFound(message.name()).refusal());
        }
        reports.volume(volume.get(), topology(), Map.of(), message.replyTo());
        return Effect().none();
    }

    private Effect<RegistryEvent, RegistryState> onListVolumes(
            RegistryState state, RegistryProtocol.ListVolumes message) {
        if (effects.isFull()) {
            return effects.refuseOverload(message.replyTo());
        }
        reports.volumes(state, topology(), message.replyTo());
        return Effect().none();
    }

    private Effect<RegistryEvent, RegistryState> onRetry(RegistryState state) {
        return effects.act(() -> {
            room.takeWaiting().forEach(context.getSelf()::tell);
            steps.retry(state);
        });
    }

    private PoolTopology topology() {
        PoolTopology topology = surroundings.topology().current();
        reports.observe(topology, surroundings.clock().instant());
        return topology;
    }
}
