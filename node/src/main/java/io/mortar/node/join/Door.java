package io.mortar.node.join;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.node.identity.MetadataHolder;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.protocol.pool.JoinProtocol;
import io.mortar.protocol.pool.JoinProtocol.Admitted;
import io.mortar.protocol.pool.JoinProtocol.Knock;
import io.mortar.protocol.pool.JoinProtocol.NotYet;
import io.mortar.protocol.pool.JoinProtocol.TurnedAway;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.TopologyView;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers nodes that want to join: {@code /user/door} of every node. Names are given out by the pool's registry alone. */
public final class Door extends AbstractBehavior<JoinProtocol.Request> {
    private static final Duration REGISTRY_WAIT = Duration.ofSeconds(3);

    private final Supplier<NodeIdentity> identity;
    private final TopologyView topology;
    private final BooleanSupplier member;
    private final String metadataJournal;

    private Door(
            ActorContext<JoinProtocol.Request> context,
            Supplier<NodeIdentity> identity,
            TopologyView topology,
            BooleanSupplier member,
            String metadataJournal) {
        super(context);
        this.metadataJournal = metadataJournal;
        this.member = member;
        this.identity = identity;
        this.topology = topology;
    }

    /**
     * @param member whether this node is a member of the cluster: one that is not cannot help another in
     * @param metadataJournal id of the journal that has the pool's metadata
     */
    public static Behavior<JoinProtocol.Request> create(
            Supplier<NodeIdentity> identity, TopologyView topology, BooleanSupplier member, String metadataJournal) {
        return Behaviors.setup(context -> new Door(context, identity, topology, member, metadataJournal));
    }

    @Override
    public Receive<JoinProtocol.Request> createReceive() {
        return newReceiveBuilder().onMessage(Knock.class, this::onKnock).build();
    }

    private Behavior<JoinProtocol.Request> onKnock(Knock knock) {
        NodeIdentity self = identity.get();
        PoolId pool = self.pool();
        MetadataHolder metadata = self.metadata();
        if (pool == null || metadata == null || !member.getAsBoolean()) {
            knock.replyTo()
                    .tell(new NotYet(pool != null, false, "node " + self.name() + " is itself not in its pool yet"));
        } else if (knock.pool() != null && !knock.pool().equals(pool)) {
            knock.replyTo().tell(wrongPool(knock, pool));
        } else if (knock.metadataJournal() != null && !knock.metadataJournal().equals(metadataJournal)) {
            knock.replyTo().tell(wrongJournal(knock, knock.metadataJournal(), pool));
        } else {
            PoolTopology current = topology.current();
            ActorRef<RegistryProtocol.Request> registry = current.registry();
            if (registry != null) {
                register(knock, pool, metadata, registry);
            } else {
                knock.replyTo().tell(withoutRegistry(knock, pool, metadata, current));
            }
        }
        return this;
    }

    private void register(
            Knock knock, PoolId pool, MetadataHolder metadata, ActorRef<RegistryProtocol.Request> registry) {
        AskPattern.<RegistryProtocol.Request, RegistryProtocol.Reply>ask(
                        registry,
                        replyTo ->
                                new RegistryProtocol.RegisterNode(knock.node(), knock.name(), knock.address(), replyTo),
                        REGISTRY_WAIT,
                        getContext().getSystem().scheduler())
                .whenComplete((reply, failure) -> knock.replyTo().tell(answer(knock, reply, pool, metadata)));
    }

    private JoinProtocol.Reply answer(
            Knock knock, RegistryProtocol.@Nullable Reply reply, PoolId pool, MetadataHolder metadata) {
        if (reply instanceof RegistryProtocol.NodeRegistered) {
            return admitted(pool, metadata, topology.current());
        }
        if (reply instanceof RegistryProtocol.Refused refused) {
            return new TurnedAway(refused.refusal());
        }
        return withoutRegistry(knock, pool, metadata, topology.current());
    }

    /** A node that was a member before may come back without the registry: its name was given to it for good. */
    private static JoinProtocol.Reply withoutRegistry(
            Knock knock, PoolId pool, MetadataHolder metadata, PoolTopology current) {
        return pool.equals(knock.pool())
                ? admitted(pool, metadata, current)
                : new NotYet(true, true, "the pool's metadata cannot be reached now: a node can join only with it");
    }

    private static Admitted admitted(PoolId pool, MetadataHolder metadata, PoolTopology current) {
        Stream<String> first = current.nodes().values().stream()
                .filter(n -> n.id().equals(metadata.node()))
                .map(PoolTopology.Node::address);
        Stream<String> others = current.nodes().values().stream()
                .filter(n -> !n.id().equals(metadata.node()) && n.reachable())
                .map(PoolTopology.Node::address);
        List<String> seeds = Stream.concat(first, others).toList();
        return new Admitted(pool, metadata.node(), metadata.name(), seeds);
    }

    /** With two journals there would be two registries of one pool, and two namespaces of one volume. */
    private TurnedAway wrongJournal(Knock knock, String journal, PoolId pool) {
        return new TurnedAway(new Refusal(
                RefusalCode.BAD_REQUEST,
                "node " + knock.name() + " is configured to keep metadata in the journal " + journal + ", but pool "
                        + pool + " has it in " + metadataJournal + ": set mortar.coordinator.journal-plugin = "
                        + metadataJournal + ", and the snapshot-plugin that goes with it, on node " + knock.name()
                        + " as on all other nodes"));
    }

    private static TurnedAway wrongPool(Knock knock, PoolId pool) {
        return new TurnedAway(new Refusal(
                RefusalCode.WRONG_POOL,
                "node " + knock.name() + " belongs to pool " + knock.pool() + " and cannot join pool " + pool
                        + ": give it the seed nodes of its own pool, or start it with an empty --data-dir"));
    }
}
