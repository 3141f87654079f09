package io.mortar.node.brick;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import io.mortar.node.brick.KeeperMessage.BrickStopped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The keeper's children. Used by its thread, which gets {@link BrickStopped} when one ends. */
final class BrickActors {
    private final ActorContext<Object> context;
    private final NodeName node;
    private final BrickSettings settings;
    private final BrickOpening opening;
    private final RightOfWay rightOfWay;
    private final Map<BrickId, ActorRef<Object>> actors = new HashMap<>();

    BrickActors(ActorContext<Object> context, NodeName node, BrickSettings settings, BrickOpening opening) {
        this.context = context;
        this.node = node;
        this.settings = settings;
        this.opening = opening;
        this.rightOfWay = new RightOfWay(settings.background(), System::nanoTime);
    }

    Optional<ActorRef<Object>> find(BrickId brick) {
        return Optional.ofNullable(actors.get(brick));
    }

    /** Opens the brick's directory and serves it. */
    void start(BrickIdentity identity) {
        start(identity, BrickActor.create(brick(identity), opening));
    }

    /** Refuses everything, with {@code reason}. */
    void startQuarantined(BrickIdentity identity, String reason) {
        BrickActor.Brick brick = brick(identity);
        start(identity, Behaviors.setup(c -> BrickActor.createQuarantined(brick, reason)));
    }

    /** To be called when the brick's actor has ended. */
    void forget(BrickId brick) {
        actors.remove(brick);
    }

    private void start(BrickIdentity identity, Behavior<Object> behavior) {
        BrickId brick = identity.plan().brick();
        ActorRef<Object> actor = context.spawn(behavior, brick.toString());
        actors.put(brick, actor);
        context.watchWith(actor, new BrickStopped(brick));
    }

    private BrickActor.Brick brick(BrickIdentity identity) {
        String name = new BrickLocation(node, identity.plan().directory()).toString();
        return new BrickActor.Brick(identity, name, settings, rightOfWay, context.getSelf());
    }
}
