package io.mortar.node.topology;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.ClusterEvent.MemberDowned;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.ClusterEvent.MemberUp;
import akka.cluster.ClusterEvent.MemberWeaklyUp;
import akka.cluster.ClusterEvent.ReachabilityEvent;
import akka.cluster.ClusterEvent.UnreachableMember;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Subscribe;
import io.mortar.core.pool.PoolId;
import io.mortar.node.identity.MetadataHolder;
import io.mortar.protocol.pool.Announcement;
import io.mortar.protocol.pool.Announcement.Metadata;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's picture of the pool and tells the other members about this node: at once when something changed or a member
 * appeared, and every second, so that a lost announcement does no lasting harm.
 *
 * <pre>
 * EnterPool        the node was let into a pool, or made one
 * ServeMetadata    this node serves the pool's metadata, or does not any more
 * ReportBricks     the node's bricks as they are now
 * Heard            another node announced itself (via /user/topology)
 * </pre>
 */
public final class TopologyKeeper extends AbstractBehavior<TopologyKeeper.Message> {
    private static final Logger LOG = LoggerFactory.getLogger(TopologyKeeper.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    public sealed interface Message {}

    public record EnterPool(PoolId pool, MetadataHolder metadata) implements Message {}

    public record ServeMetadata(@Nullable Metadata metadata) implements Message {}

    public record ReportBricks(List<Announcement.Brick> bricks) implements Message {
        public ReportBricks {
            bricks = List.copyOf(bricks);
        }
    }

    public record Heard(Announcement announcement) implements Message {}

    private record MembershipChanged(MemberEvent event) implements Message {}

    private record ReachabilityChanged(ReachabilityEvent event) implements Message {}

    private enum Announce implements Message {
        NOW
    }

    private final LocalFacts local;
    private final PublishedTopology published;
    private final ActorRefResolver resolver;
    private final PoolPicture picture;
    private final String systemName;
    private final long incarnation;
    private List<Announcement.Brick> bricks = List.of();
    private @Nullable Metadata metadata;

    private TopologyKeeper(ActorContext<Message> context, LocalFacts local, PublishedTopology published) {
        super(context);
        this.local = local;
        this.published = published;
        this.resolver = ActorRefResolver.get(context.getSystem());
        this.systemName = context.getSystem().name();
        this.picture = new PoolPicture(local.node());
        Cluster cluster = Cluster.get(context.getSystem());
        this.incarnation = cluster.selfMember().uniqueAddress().longUid();
        cluster.subscriptions()
                .tell(Subscribe.create(
                        context.messageAdapter(MemberEvent.class, MembershipChanged::new), MemberEvent.class));
        cluster.subscriptions()
                .tell(Subscribe.create(
                        context.messageAdapter(ReachabilityEvent.class, ReachabilityChanged::new),
                        ReachabilityEvent.class));
    }

    /** Spawned once per node; {@code published} always holds its latest picture. */
    public static Behavior<Message> create(LocalFacts local, PublishedTopology published) {
        return Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Announce.NOW, PERIOD);
            return Behaviors.setup(context -> new TopologyKeeper(context, local, published));
        });
    }

    /** The actor at {@code /user/topology} that other nodes announce themselves to. */
    public static Behavior<Announcement> receiver(ActorRef<Message> keeper) {
        return Behaviors.receiveMessage(announcement -> {
            keeper.tell(new Heard(announcement));
            return Behaviors.same();
        });
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(EnterPool.class, this::onEnterPool)
                .onMessage(ServeMetadata.class, this::onServeMetadata)
                .onMessage(ReportBricks.class, this::onReportBricks)
                .onMessage(Heard.class, this::onHeard)
                .onMessage(MembershipChanged.class, this::onMembershipChanged)
                .onMessage(ReachabilityChanged.class, this::onReachabilityChanged)
                .onMessage(Announce.class, now -> announce())
                .build();
    }

    private Behavior<Message> onEnterPool(EnterPool message) {
        picture.inPool(message.pool(), message.metadata());
        return announce();
    }

    private Behavior<Message> onServeMetadata(ServeMetadata message) {
        metadata = message.metadata();
        return announce();
    }

    private Behavior<Message> onReportBricks(ReportBricks message) {
        bricks = message.bricks();
        return announce();
    }

    private Behavior<Message> onHeard(Heard message) {
        if (picture.announced(message.announcement())) {
            publish();
        }
        return this;
    }

    private Behavior<Message> onMembershipChanged(MembershipChanged message) {
        MemberEvent event = message.event();
        String address = hostPort(event.member().address());
        if (event instanceof MemberUp || event instanceof MemberWeaklyUp) {
            LOG.info("member up address={}", address);
            picture.memberUp(address, event.member().uniqueAddress().longUid());
        } else if (event instanceof MemberRemoved || event instanceof MemberDowned) {
            LOG.info("member gone address={}", address);
            picture.memberGone(address, event.member().uniqueAddress().longUid());
        }
        return announce();
    }

    private Behavior<Message> onReachabilityChanged(ReachabilityChanged message) {
        String address = hostPort(message.event().member().address());
        if (message.event() instanceof UnreachableMember) {
            LOG.warn("member unreachable address={}", address);
            picture.memberUnreachable(address);
        } else {
            LOG.info("member reachable address={}", address);
            picture.memberReachable(address);
        }
        publish();
        return this;
    }

    private Behavior<Message> announce() {
        Announcement announcement = new Announcement(
                local.node(),
                local.name(),
                local.address(),
                local.httpUrl(),
                local.brickKeeper(),
                metadata,
                bricks,
                incarnation);
        picture.announced(announcement);
        Set<String> members = picture.members();
        members.stream()
                .filter(address -> !address.equals(local.address()))
                .forEach(address -> receiverAt(address).tell(announcement));
        publish();
        return this;
    }

    private void publish() {
        published.publish(picture.draw());
    }

    private ActorRef<Announcement> receiverAt(String address) {
        return resolver.resolveActorRef("akka://" + systemName + "@" + address + "/user/" + Announcement.RECEIVER);
    }

    private static String hostPort(Address address) {
        return address.host().get() + ":" + address.port().get();
    }
}
