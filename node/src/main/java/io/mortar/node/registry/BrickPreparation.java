package io.mortar.node.registry;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.registry.OwnedBrick;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.pool.PoolTopology;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Has every brick of a {@link PreparationPlan} prepared, waits for all answers or the timeout, reports once and stops. Keeps nothing: if it is
 * lost, the registry rolls the plan back or begins again.
 *
 * <pre>
 * BrickPrepared      counts
 * BrickAdminRefused  counts as a reason to give up; the other answers are waited for, so that all reasons are known
 * OutOfTime          the bricks that are still open are reasons, too
 * </pre>
 */
final class BrickPreparation extends AbstractBehavior<Object> {
    /** How it ended; sent to the registry. */
    sealed interface Result permits Prepared, Failed {
        PreparationPlan plan();
    }

    record Prepared(PreparationPlan plan, Map<BrickId, BrickCapacity> capacities) implements Result {
        Prepared {
            capacities = Map.copyOf(capacities);
        }
    }

    record Failed(PreparationPlan plan, Refusal refusal) implements Result {}

    private record OutOfTime() {}

    private final PreparationPlan plan;
    private final Duration timeout;
    private final ActorRef<? super Result> replyTo;
    private final Map<BrickId, OwnedBrick> open = new LinkedHashMap<>();
    private final Map<BrickId, BrickCapacity> prepared = new HashMap<>();
    private final Map<BrickId, Refusal> refused = new HashMap<>();

    static Behavior<Object> create(
            PoolId pool,
            PreparationPlan plan,
            PoolTopology topology,
            Duration timeout,
            ActorRef<? super Result> replyTo) {
        return Behaviors.withTimers(timers -> Behaviors.setup(context -> {
            timers.startSingleTimer(new OutOfTime(), timeout);
            return new BrickPreparation(context, plan, timeout, replyTo).begin(pool, topology);
        }));
    }

    private BrickPreparation(
            ActorContext<Object> context, PreparationPlan plan, Duration timeout, ActorRef<? super Result> replyTo) {
        super(context);
        this.plan = plan;
        this.timeout = timeout;
        this.replyTo = replyTo;
    }

    private Behavior<Object> begin(PoolId pool, PoolTopology topology) {
        for (OwnedBrick brick : plan.bricks()) {
            PoolTopology.Node node = topology.nodes().get(brick.node());
            if (node == null) {
                refused.put(brick.id(), unanswered(brick));
            } else {
                open.put(brick.id(), brick);
                node.bricks()
                        .tell(new BrickAdminProtocol.PrepareBrick(
                                pool,
                                plan.volume(),
                                brick.id(),
                                brick.location().directory(),
                                getContext().getSelf().narrow()));
            }
        }
        return next();
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(BrickAdminProtocol.BrickPrepared.class, this::onPrepared)
                .onMessage(BrickAdminProtocol.BrickAdminRefused.class, this::onRefused)
                .onMessage(OutOfTime.class, this::onOutOfTime)
                .build();
    }

    private Behavior<Object> onPrepared(BrickAdminProtocol.BrickPrepared message) {
        if (open.remove(message.brick()) != null) {
            prepared.put(message.brick(), message.capacity());
        }
        return next();
    }

    private Behavior<Object> onRefused(BrickAdminProtocol.BrickAdminRefused message) {
        if (open.remove(message.brick()) != null) {
            refused.put(message.brick(), message.refusal());
        }
        return next();
    }

    private Behavior<Object> onOutOfTime(OutOfTime message) {
        open.values().forEach(b -> refused.put(b.id(), unanswered(b)));
        open.clear();
        return next();
    }

    private Behavior<Object> next() {
        if (!open.isEmpty()) {
            return this;
        }
        replyTo.tell(refused.isEmpty() ? new Prepared(plan, prepared) : new Failed(plan, summary()));
        return Behaviors.stopped();
    }

    private Refusal unanswered(OwnedBrick brick) {
        return new Refusal(
                RefusalCode.BRICK_DOWN,
                "node '" + brick.location().node() + "' did not answer within " + timeout.toMillis()
                        + " ms; check it with 'mortar pool status' and try again");
    }

    private Refusal summary() {
        List<OwnedBrick> failed =
                plan.bricks().stream().filter(b -> refused.containsKey(b.id())).toList();
        String reasons = failed.stream()
                .map(b -> "brick " + b.location() + ": " + refusalOf(b).text())
                .collect(Collectors.joining("; and "));
        return new Refusal(refusalOf(failed.get(0)).code(), plan.failure() + ": " + reasons);
    }

    private Refusal refusalOf(OwnedBrick brick) {
        Refusal refusal = refused.get(brick.id());
        if (refusal == null) {
            throw new AssertionError("brick " + brick + " was not refused");
        }
        return refusal;
    }
}
