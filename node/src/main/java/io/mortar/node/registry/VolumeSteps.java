package io.mortar.node.registry;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.registry.OwnedBrick;
import io.mortar.core.registry.RegisteredVolume;
import io.mortar.core.registry.RegistryState;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeState;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Carries on with what the registry has made durable: the next step of a creation or deletion, and the answer at its end. Used by the
 * registry's actor alone. What it keeps is who waits for an answer; all the rest follows from the registry's state, so that
 * {@link #resume} can begin again after a crash.
 */
final class VolumeSteps {
    /** Sent to the registry when a preparation is over, with or without a result before. */
    record PreparationEnded(PreparationPlan plan) {}

    /** Sent to the registry when an answer has waited long enough for bricks to be given back. */
    record ReleaseLate(AwaitedReleases.Held held) {}

    private final ActorContext<Object> context;
    private final TimerScheduler<Object> timers;
    private final RegistryHome home;
    private final RegistrySettings settings;
    private final Supplier<PoolTopology> topology;
    private final RegistryNeighbours neighbours;
    private final RegistryReports reports;
    private final WaitingRequests waiting = new WaitingRequests();
    private final AwaitedReleases releases = new AwaitedReleases();

    VolumeSteps(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            RegistryHome home,
            RegistrySettings settings,
            Supplier<PoolTopology> topology,
            RegistryNeighbours neighbours,
            RegistryReports reports) {
        this.context = context;
        this.timers = timers;
        this.home = home;
        this.settings = settings;
        this.topology = topology;
        this.neighbours = neighbours;
        this.reports = reports;
    }

    /** Requests whose answers are held back. */
    int heldCount() {
        return waiting.count() + releases.replyCount();
    }

    /** A creation was asked for: answers for a volume that is complete, waits for one in the making. */
    void awaitCreation(RegisteredVolume volume, ActorRef<Reply> replyTo) {
        if (volume.state() == VolumeState.CREATING) {
            waiting.add(volume.id(), replyTo);
        } else {
            reports.volume(volume, topology.get(), Map.of(), replyTo);
        }
    }

    /** Bricks were asked for that a volume is to be given: answers if it has them, waits while they are prepared. */
    void awaitAddition(RegisteredVolume volume, ActorRef<Reply> replyTo) {
        if (volume.adding() == null) {
            reports.volume(volume, topology.get(), Map.of(), replyTo);
        } else {
            waiting.add(volume.id(), replyTo);
        }
    }

    /** The plan is durable: has the bricks prepared. */
    void prepare(PreparationPlan plan) {
        ActorRef<Object> preparation = context.spawnAnonymous(BrickPreparation.create(
                home.pool(), plan, topology.get(), settings.prepareTimeout(), context.getSelf()));
        context.watchWith(preparation, new PreparationEnded(plan));
    }

    /** The bricks of {@code plan} are the volume's. */
    void prepared(PreparationPlan plan, RegisteredVolume volume, Map<BrickId, BrickCapacity> capacities) {
        context.getLog()
                .info(
                        "{} volume={} id={} bricks={}",
                        plan.isCreation() ? "volume_created" : "bricks_added",
                        volume.name(),
                        volume.id(),
                        locations(plan.bricks()));
        neighbours.announce(volume, context.getSelf());
        waiting.take(volume.id()).forEach(r -> reports.volume(volume, topology.get(), capacities, r));
    }

    private static List<BrickLocation> locations(List<OwnedBrick> bricks) {
        return bricks.stream().map(OwnedBrick::location).toList();
    }

    /** The plan was given up. */
    void preparationFailed(PreparationPlan plan, Refusal refusal) {
        context.getLog()
                .warn(
                        "{} volume={} code={} text={}",
                        plan.isCreation() ? "volume_create_failed" : "bricks_add_failed",
                        plan.volume(),
                        refusal.code(),
                        refusal.text());
        releaseThenAnswer(plan.volume(), plan.bricks(), new RegistryProtocol.Refused(refusal));
    }

    /** The volume is as it was asked for, now or since before. */
    void changed(RegisteredVolume volume, ActorRef<Reply> replyTo) {
        context.getLog()
                .info(
                        "volume_changed volume={} state={} replica={} bricks={} leaving={}",
                        volume.name(),
                        volume.state(),
                        volume.spec().replicaCount(),
                        volume.bricks().size(),
                        volume.leaving().size());
        neighbours.announce(volume, context.getSelf());
        reports.volume(volume, topology.get(), Map.of(), replyTo);
    }

    void drop(RegisteredVolume volume, ActorRef<Reply> replyTo) {
        waiting.add(volume.id(), replyTo);
        neighbours.announce(volume, context.getSelf());
    }

    /** @param dropped the volume as it was before it was gone */
    void deleted(RegisteredVolume dropped) {
        context.getLog().info("volume_deleted volume={} id={}", dropped.name(), dropped.id());
        releaseThenAnswer(dropped.id(), dropped.bricks(), new RegistryProtocol.VolumeDeleted(dropped.name()));
    }

    /** Nothing of the volume is on the brick, and the volume does not have it any more: it goes back to its node. */
    void detached(RegisteredVolume volume, OwnedBrick brick) {
        context.getLog().info("brick_detached volume={} brick={} id={}", volume.name(), brick.location(), brick.id());
        neighbours.announce(volume, context.getSelf());
        neighbours.release(List.of(brick), topology.get(), self());
    }

    /** Asks for bricks that are no volume's any more and answers when those that can be had are back. */
    private void releaseThenAnswer(VolumeId volume, List<OwnedBrick> bricks, Reply reply) {
        Set<BrickId> asked = neighbours.release(bricks, topology.get(), self());
        AwaitedReleases.Held held = releases.hold(asked, reply, waiting.take(volume));
        timers.startSingleTimer(held, new ReleaseLate(held), settings.releaseTimeout());
    }

    void released(BrickId brick) {
        releases.released(brick);
    }

    void releaseLate(ReleaseLate message) {
        releases.outOfTime(message.held());
    }

    /** After recovery: tells the namespace actor of all volumes, rolls back creations, goes on with deletions and additions. */
    void resume(RegistryState state) {
        for (RegisteredVolume volume : state.volumes()) {
            if (volume.state() == VolumeState.CREATING) {
                context.getSelf().tell(new PreparationEnded(PreparationPlan.creation(volume)));
            } else {
                neighbours.announce(volume, context.getSelf());
                PreparationPlan.addition(volume).ifPresent(this::prepare);
            }
        }
    }

    /** Repeats what nodes and the namespace actor have not answered yet. */
    void retry(RegistryState state) {
        PoolTopology now = topology.get();
        neighbours.release(state.releasing(), now, self());
        neighbours.reconcile(state, now);
        state.volumes().stream()
                .filter(v -> v.state() == VolumeState.DELETING)
                .forEach(v -> neighbours.announce(v, context.getSelf()));
    }

    private <T> ActorRef<T> self() {
        return context.getSelf().narrow().unsafeUpcast();
    }
}
