package io.mortar.node.boot;

import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import io.mortar.core.pool.PoolId;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.journal.local.LocalStore;
import io.mortar.journal.log.StoreRefusedException;
import io.mortar.node.brick.BrickKeeper;
import io.mortar.node.identity.MetadataHolder;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.node.identity.StartRefusedException;
import io.mortar.node.join.Door;
import io.mortar.node.join.JoinPlan;
import io.mortar.node.join.Joiner;
import io.mortar.node.join.SplitWatch;
import io.mortar.node.metadata.MetadataDesk;
import io.mortar.node.metadata.MetadataKeeper;
import io.mortar.node.metadata.MetadataSeat;
import io.mortar.node.topology.LocalFacts;
import io.mortar.node.topology.TopologyKeeper;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.pool.Announcement;
import io.mortar.protocol.pool.JoinProtocol;
import io.mortar.protocol.pool.MetadataProtocol;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Starts the actors of a node and watches over them.
 *
 * <pre>
 * Up              the node is a member: it begins to watch for others that are in a cluster without it
 * Entered         the node is in a pool: it takes its seat among those that keep the metadata
 * TurnedAway      the pool does not want this node: it stops
 * Failed          something of this node's data cannot be used or written: it stops
 * BricksReported  the node's bricks are as they are now: passed on to be announced
 * RememberPeers   every few seconds: writes down who is there, to know where to knock after a restart
 * </pre>
 */
final class Guardian extends AbstractBehavior<Guardian.Message> {
    private static final Duration PEERS_PERIOD = Duration.ofSeconds(5);
    private static final Duration SPLIT_WATCH_PERIOD = Duration.ofSeconds(5);

    sealed interface Message {}

    private enum Up implements Message {
        UP
    }

    private record Entered(PoolId pool, MetadataHolder founder) implements Message {}

    private record TurnedAway(String reason) implements Message {}

    private record Failed(RuntimeException cause) implements Message {}

    private record BricksReported(List<Announcement.Brick> bricks) implements Message {}

    private enum RememberPeers implements Message {
        NOW
    }

    private final NodeParts parts;
    private final Cluster cluster;
    private final ActorRef<TopologyKeeper.Message> topology;
    private final MetadataSeat seat;
    private final ActorRef<MetadataKeeper.Message> metadata;
    private boolean seated;

    private Guardian(ActorContext<Message> context, NodeParts parts) {
        super(context);
        this.parts = parts;
        this.cluster = Cluster.get(context.getSystem());
        NodeIdentity identity = parts.identity().get();
        LocalStore.get(context.getSystem())
                .failure()
                .thenAccept(failure -> parts.fault().halt("the local journal failed", failure));
        ActorRef<Message> self = context.getSelf();
        ActorRef<BrickAdminProtocol.Request> bricks = context.spawn(
                BrickKeeper.create(
                        parts.settings().features().brick(),
                        identity.name(),
                        parts.dataDirectory(),
                        reported -> self.tell(new BricksReported(reported))),
                "bricks");
        context.watch(bricks);
        LocalFacts local = new LocalFacts(
                identity.node(), identity.name(), parts.settings().address(), parts.httpUrl(), bricks);
        this.topology = context.spawn(TopologyKeeper.create(local, parts.topology()), "topology-keeper");
        context.spawn(TopologyKeeper.receiver(topology), Announcement.RECEIVER);
        context.spawn(
                Door.create(parts.identity(), parts.topology(), this::isMember, parts.metadataJournal()),
                JoinProtocol.DOOR);
        this.seat = parts.seat(context.getSystem());
        this.metadata = context.spawn(MetadataKeeper.create(parts.metadata(seat), topology), MetadataKeeper.NAME);
        context.watch(metadata);
        context.spawn(MetadataDesk.create(seat), MetadataProtocol.ACTOR);
        CoordinatedShutdown.get(Adapter.toClassic(context.getSystem()))
                .addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "hand-over-metadata", seat::handOver);
        PoolId pool = identity.pool();
        MetadataHolder founder = identity.metadata();
        if (pool != null && founder != null) {
            onEntered(new Entered(pool, founder));
        }
        context.spawn(Joiner.create(identity, plan(identity), seat::leads, new JoinListener(self)), "joiner");
    }

    static Behavior<Message> create(NodeParts parts) {
        return Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(RememberPeers.NOW, PEERS_PERIOD);
            return Behaviors.setup(context -> new Guardian(context, parts));
        });
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Up.class, up -> onUp())
                .onMessage(Entered.class, this::onEntered)
                .onMessage(TurnedAway.class, this::onTurnedAway)
                .onMessage(Failed.class, message -> failed(message.cause()))
                .onMessage(BricksReported.class, this::onBricksReported)
                .onMessage(RememberPeers.class, now -> onRememberPeers())
                .onSignal(ChildFailed.class, this::onChildFailed)
                .build();
    }

    private Behavior<Message> onUp() {
        getContext().spawn(SplitWatch.create(splitSurroundings(), SPLIT_WATCH_PERIOD), "split-watch");
        return this;
    }

    private Behavior<Message> onTurnedAway(TurnedAway message) {
        parts.exit().complete(new NodeExit.TurnedAway(message.reason()));
        getContext().getSystem().terminate();
        return this;
    }

    private Behavior<Message> onBricksReported(BricksReported message) {
        topology.tell(new TopologyKeeper.ReportBricks(message.bricks()));
        return this;
    }

    private Behavior<Message> onRememberPeers() {
        List<String> known = parts.identity().get().peers();
        try {
            parts.topology().current().nodes().values().stream()
                    .filter(node -> node.reachable() && !known.contains(node.address()))
                    .forEach(node -> parts.identity()
                            .rememberPeer(node.address(), parts.settings().address()));
        } catch (UncheckedIOException e) {
            return failed(e);
        }
        return this;
    }

    /** None of these actors may be missing, and none can be trusted after a failure that its own supervision did not expect. */
    private Behavior<Message> onChildFailed(ChildFailed failed) {
        parts.fault().halt("actor " + failed.getRef().path() + " failed", failed.getCause());
        return this;
    }

    private Behavior<Message> onEntered(Entered entered) {
        topology.tell(new TopologyKeeper.EnterPool(entered.pool(), entered.founder()));
        if (!seated) {
            seated = true;
            takeSeat(entered);
        }
        return this;
    }

    private void takeSeat(Entered entered) {
        try {
            seat.take(getContext(), entered.pool(), entered.founder(), MetadataKeeper.listener(metadata));
        } catch (StartRefusedException | StoreRefusedException | KvFailedException | UncheckedIOException e) {
            failed(e);
        }
    }

    /** What the operating system said about a file is in the cause alone. */
    private Behavior<Message> failed(RuntimeException e) {
        String reason = String.valueOf(e.getMessage());
        parts.exit()
                .complete(new NodeExit.Failed(
                        e instanceof UncheckedIOException io ? reason + ": " + io.getCause() : reason));
        getContext().getSystem().terminate();
        return this;
    }

    private SplitWatch.Surroundings splitSurroundings() {
        ActorRefResolver resolver = ActorRefResolver.get(getContext().getSystem());
        String system = getContext().getSystem().name();
        ActorSystem<?> actors = getContext().getSystem();
        return new SplitWatch.Surroundings(
                parts.identity(),
                seat::leads,
                parts.settings().address(),
                this::memberAddresses,
                address -> resolver.resolveActorRef("akka://" + system + "@" + address + "/user/" + JoinProtocol.DOOR),
                () -> {
                    parts.exit().complete(new NodeExit.Removed());
                    actors.terminate();
                });
    }

    private Set<String> memberAddresses() {
        return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .map(member -> member.address().host().get() + ":"
                        + member.address().port().get())
                .collect(Collectors.toSet());
    }

    private boolean isMember() {
        MemberStatus status = cluster.selfMember().status();
        return status.equals(MemberStatus.up()) || status.equals(MemberStatus.weaklyUp());
    }

    private JoinPlan plan(NodeIdentity identity) {
        NodeSettings settings = parts.settings();
        return JoinPlan.of(identity, settings.address(), settings.seeds(), settings.join(), parts.metadataJournal());
    }

    private final class JoinListener implements Joiner.Listener {
        private final ActorRef<Message> guardian;

        JoinListener(ActorRef<Message> guardian) {
            this.guardian = guardian;
        }

        @Override
        public void founding(PoolId pool) {
            orFail(() -> seat.found(pool));
        }

        @Override
        public void entered(PoolId pool, MetadataHolder metadata) {
            orFail(() -> parts.identity().change(identity -> identity.inPool(pool, metadata)));
            guardian.tell(new Entered(pool, metadata));
        }

        @Override
        public void up() {
            guardian.tell(Up.UP);
        }

        @Override
        public void turnedAway(String reason) {
            guardian.tell(new TurnedAway(reason));
        }

        /** The joiner must not go on after a failure; only the guardian can end the node with a word about it. */
        private void orFail(Runnable step) {
            try {
                step.run();
            } catch (StartRefusedException | StoreRefusedException | KvFailedException | UncheckedIOException e) {
                guardian.tell(new Failed(e));
                throw e;
            }
        }
    }
}
