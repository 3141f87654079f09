package io.mortar.node.join;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.JoinSeedNodes;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import io.mortar.core.pool.PoolId;
import io.mortar.node.identity.MetadataHolder;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.protocol.pool.JoinProtocol;
import io.mortar.protocol.pool.JoinProtocol.Admitted;
import io.mortar.protocol.pool.JoinProtocol.Knock;
import io.mortar.protocol.pool.JoinProtocol.NotYet;
import io.mortar.protocol.pool.JoinProtocol.TurnedAway;
import io.mortar.protocol.wire.WireTable;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a starting node into its pool, then ends.
 *
 * <pre>
 * no pool, may found     knock; found a pool once every door said that it has none, or after FORM_AFTER
 * no pool, may not       knock until let in
 * known node             knock until let in; if it leads the pool's metadata, form the cluster once every door said that it is in
 *                        none, or after FORM_AFTER
 * </pre>
 *
 * At most one node leads the metadata, so at most one forms a cluster, unless all others of a running one were silent:
 * {@link SplitWatch} notices that.
 */
public final class Joiner extends AbstractBehavior<Joiner.Message> {
    private static final Logger LOG = LoggerFactory.getLogger(Joiner.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Long enough for a node that is up to answer, short enough for somebody who waits for the first start. */
    private static final int FORM_AFTER_ROUNDS = 5;

    private static final int ROUNDS_BETWEEN_COMPLAINTS = 15;
    /** The seeds that were named may have gone since. */
    private static final int KNOCK_AGAIN_AFTER_ROUNDS = 15;

    public sealed interface Message {}

    private record Answered(String door, JoinProtocol.Reply reply) implements Message {}

    private record Silent(String door) implements Message {}

    private record Up(SelfUp event) implements Message {}

    private enum Round implements Message {
        NEXT
    }

    /** What the joiner reports; called on its thread. */
    public interface Listener {
        /** This node makes a new pool; its metadata must be durable on return. Called before {@link #entered}. */
        void founding(PoolId pool);

        /** The node belongs to {@code pool} from now on; must be durable on return. Called before the cluster is joined. */
        void entered(PoolId pool, MetadataHolder metadata);

        /** The node is a member of the cluster. */
        void up();

        /** The pool does not want this node; final. */
        void turnedAway(String reason);
    }

    private final NodeIdentity identity;
    private final JoinPlan plan;
    private final BooleanSupplier leads;
    private final Listener listener;
    private final Set<String> withoutPool = new LinkedHashSet<>();
    private final Set<String> outsideCluster = new LinkedHashSet<>();
    private String lastReason = "no answer";
    private boolean poolExists;
    private boolean joining;
    private int rounds;
    private int roundsJoining;

    private Joiner(
            ActorContext<Message> context,
            NodeIdentity identity,
            JoinPlan plan,
            BooleanSupplier leads,
            Listener listener) {
        super(context);
        this.identity = identity;
        this.plan = plan;
        this.leads = leads;
        this.listener = listener;
        Cluster.get(context.getSystem())
                .subscriptions()
                .tell(Subscribe.create(context.messageAdapter(SelfUp.class, Up::new), SelfUp.class));
        context.getSelf().tell(Round.NEXT);
    }

    /** @param leads whether this node leads the pool's metadata at the moment */
    public static Behavior<Message> create(
            NodeIdentity identity, JoinPlan plan, BooleanSupplier leads, Listener listener) {
        return Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Round.NEXT, PAUSE);
            return Behaviors.setup(context -> new Joiner(context, identity, plan, leads, listener));
        });
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Round.class, next -> onRound())
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Silent.class, this::onSilent)
                .onMessage(Up.class, this::onUp)
                .build();
    }

    private Behavior<Message> onRound() {
        if (joining && ++roundsJoining < KNOCK_AGAIN_AFTER_ROUNDS) {
            return this;
        }
        joining = false;
        PoolId pool = identity.pool();
        MetadataHolder metadata = identity.metadata();
        if (pool != null && metadata != null && leads.getAsBoolean() && everyDoorIn(outsideCluster)) {
            enter(pool, metadata, seedsWithSelfFirst());
        } else if (mayFoundNow()) {
            PoolId founded = new PoolId(UUID.randomUUID());
            listener.founding(founded);
            LOG.info("pool founded poolId={}", founded);
            enter(founded, new MetadataHolder(identity.node(), identity.name()), seedsWithSelfFirst());
        } else {
            knock();
        }
        return this;
    }

    private boolean mayFoundNow() {
        return plan.founds() && !poolExists && everyDoorIn(withoutPool);
    }

    private boolean everyDoorIn(Set<String> answered) {
        return answered.containsAll(plan.doors()) || rounds >= FORM_AFTER_ROUNDS;
    }

    private void knock() {
        rounds++;
        if (rounds % ROUNDS_BETWEEN_COMPLAINTS == 0) {
            LOG.warn("still not in a pool doors={} lastAnswer=\"{}\"", plan.doors(), lastReason);
        }
        ActorRefResolver resolver = ActorRefResolver.get(getContext().getSystem());
        for (String door : plan.doors()) {
            ActorRef<JoinProtocol.Request> ref = resolver.resolveActorRef(
                    "akka://" + getContext().getSystem().name() + "@" + door + "/user/" + JoinProtocol.DOOR);
            getContext()
                    .ask(
                            JoinProtocol.Reply.class,
                            ref,
                            PAUSE.multipliedBy(4),
                            replyTo -> new Knock(
                                    identity.pool(),
                                    identity.node(),
                                    identity.name(),
                                    plan.self(),
                                    WireTable.WIRE_VERSION,
                                    replyTo,
                                    plan.metadataJournal()),
                            (reply, failure) -> reply == null ? new Silent(door) : new Answered(door, reply));
        }
    }

    private Behavior<Message> onAnswered(Answered answered) {
        if (joining) {
            return this;
        }
        JoinProtocol.Reply reply = answered.reply();
        if (reply instanceof Admitted admitted) {
            enter(
                    admitted.pool(),
                    new MetadataHolder(admitted.metadataNode(), admitted.metadataName()),
                    admitted.seeds());
        } else if (reply instanceof TurnedAway away) {
            listener.turnedAway(away.refusal().text());
            return Behaviors.stopped();
        } else if (reply instanceof NotYet notYet) {
            lastReason = notYet.reason();
            if (notYet.member()) {
                outsideCluster.remove(answered.door());
            } else {
                outsideCluster.add(answered.door());
            }
            if (notYet.inPool()) {
                poolExists = true;
            } else {
                withoutPool.add(answered.door());
            }
        } else {
            throw new AssertionError("unhandled " + reply);
        }
        return this;
    }

    private Behavior<Message> onSilent(Silent silent) {
        lastReason = silent.door() + " did not answer";
        return this;
    }

    private Behavior<Message> onUp(Up up) {
        listener.up();
        return Behaviors.stopped();
    }

    private void enter(PoolId pool, MetadataHolder metadata, List<String> seeds) {
        joining = true;
        roundsJoining = 0;
        listener.entered(pool, metadata);
        LOG.info("joining cluster poolId={} seeds={}", pool, seeds);
        List<Address> addresses = seeds.stream().map(this::address).toList();
        Cluster.get(getContext().getSystem()).manager().tell(new JoinSeedNodes(addresses));
    }

    private List<String> seedsWithSelfFirst() {
        Set<String> seeds = new LinkedHashSet<>();
        seeds.add(plan.self());
        seeds.addAll(plan.doors());
        return List.copyOf(seeds);
    }

    private Address address(String hostPort) {
        int colon = hostPort.lastIndexOf(':');
        return new Address(
                "akka",
                getContext().getSystem().name(),
                hostPort.substring(0, colon),
                Integer.parseInt(hostPort.substring(colon + 1)));
    }
}
