package io.mortar.node.metadata;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.journal.group.LeadershipListener;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.node.topology.TopologyKeeper;
import io.mortar.protocol.pool.RegistryProtocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the registry and the namespace when this node begins to lead, and stops them when it ceases to. They are announced to other
 * nodes once the registry has answered, since by then it has recovered and told the namespace of every volume.
 *
 * <pre>
 * Began        it leads
 * Ended        it leads no more
 * Answered     the registry has recovered and knows this node
 * Listed       the registry named the nodes of the pool: they are candidates for a copy of the metadata
 * Start        nothing of the previous leadership is left: begin
 * Look         time to ask for the nodes again
 * </pre>
 */
public final class MetadataKeeper extends AbstractBehavior<MetadataKeeper.Message> {
    /** Name of the actor under {@code /user}. */
    public static final String NAME = "metadata-keeper";

    private static final Logger LOG = LoggerFactory.getLogger(MetadataKeeper.class);
    /** A recovery reads a short tail of the journal; this only bounds how long a node looks as if nothing was wrong. */
    private static final Duration RECOVERY_WAIT = Duration.ofMinutes(5);

    private static final Duration LOOK_PERIOD = Duration.ofSeconds(1);
    private static final Duration RESTART_PAUSE = Duration.ofMillis(200);

    public sealed interface Message {}

    private record Began(long term) implements Message {}

    private record Ended(long term) implements Message {}

    private record Answered(
            long term,
            RegistryProtocol.@Nullable Reply reply,
            @Nullable Throwable failure) implements Message {}

    private record Listed(RegistryProtocol.@Nullable Reply reply) implements Message {}

    private enum Start implements Message {
        NOW
    }

    private enum Look implements Message {
        NOW
    }

    private final MetadataParts parts;
    private final ActorRef<TopologyKeeper.Message> topology;
    private final TimerScheduler<Message> timers;
    private @Nullable Long leading;
    private @Nullable MetadataActors actors;
    private boolean serving;

    private MetadataKeeper(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            MetadataParts parts,
            ActorRef<TopologyKeeper.Message> topology) {
        super(context);
        this.timers = timers;
        this.parts = parts;
        this.topology = topology;
    }

    public static Behavior<Message> create(MetadataParts parts, ActorRef<TopologyKeeper.Message> topology) {
        return Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Look.NOW, LOOK_PERIOD);
            return Behaviors.setup(context -> new MetadataKeeper(context, timers, parts, topology));
        });
    }

    /** Tells {@code keeper} of leaderships. */
    public static LeadershipListener listener(ActorRef<Message> keeper) {
        return new LeadershipListener() {
            @Override
            public void began(long term) {
                keeper.tell(new Began(term));
            }

            @Override
            public void ended(long term) {
                keeper.tell(new Ended(term));
            }
        };
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Began.class, this::onBegan)
                .onMessage(Ended.class, this::onEnded)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Listed.class, this::onListed)
                .onMessage(Start.class, start -> onStart())
                .onMessage(Look.class, look -> onLook())
                .onSignal(ChildFailed.class, this::onChildFailed)
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Message> onBegan(Began began) {
        LOG.info("metadata leadership began term={}", began.term());
        leading = began.term();
        return onStart();
    }

    private Behavior<Message> onEnded(Ended ended) {
        LOG.info("metadata leadership ended term={}", ended.term());
        leading = null;
        stopActors();
        if (actors == null) {
            parts.seat().stopped(ended.term());
        }
        return this;
    }

    private Behavior<Message> onStart() {
        Long term = leading;
        if (term == null || actors != null) {
            return this;
        }
        MetadataActors started = MetadataActors.spawn(getContext(), parts, term);
        actors = started;
        NodeIdentity identity = parts.identity().get();
        getContext()
                .ask(
                        RegistryProtocol.Reply.class,
                        started.registry,
                        RECOVERY_WAIT,
                        replyTo -> new RegistryProtocol.RegisterNode(
                                identity.node(), identity.name(), parts.address(), replyTo),
                        (reply, failure) -> new Answered(term, reply, failure));
        return this;
    }

    private Behavior<Message> onAnswered(Answered answered) {
        MetadataActors started = actors;
        if (started == null || started.isStopping() || started.term != answered.term()) {
            return this;
        }
        if (answered.reply() instanceof RegistryProtocol.NodeRegistered) {
            serving = true;
            topology.tell(new TopologyKeeper.ServeMetadata(started.announced()));
        } else if (answered.reply() instanceof RegistryProtocol.Refused refused
                && refused.refusal().code() == RefusalCode.METADATA_UNAVAILABLE) {
            stopActors(); // the leadership has ended; if it has not, they start anew
        } else {
            Throwable failure = answered.failure();
            parts.fault()
                    .halt(
                            "register this node with the pool's registry",
                            failure == null ? new AssertionError("it answered " + answered.reply()) : failure);
        }
        return this;
    }

    private Behavior<Message> onLook() {
        MetadataActors started = actors;
        if (started != null && serving) {
            getContext()
                    .ask(
                            RegistryProtocol.Reply.class,
                            started.registry,
                            LOOK_PERIOD.multipliedBy(5),
                            RegistryProtocol.DescribePool::new,
                            (reply, failure) -> new Listed(reply));
        }
        return this;
    }

    private Behavior<Message> onListed(Listed listed) {
        if (listed.reply() instanceof RegistryProtocol.PoolDescribed pool) {
            parts.seat().candidates(Candidates.of(pool.nodes(), parts.topology().current()));
        }
        return this;
    }

    private void stopActors() {
        MetadataActors started = actors;
        if (started != null && !started.isStopping()) {
            serving = false;
            topology.tell(new TopologyKeeper.ServeMetadata(null));
            started.stop();
        }
    }

    private Behavior<Message> onChildFailed(ChildFailed failed) {
        parts.fault().halt("run " + failed.getRef().path().name(), failed.cause());
        return this;
    }

    /** An actor that stops by itself has noticed before this one that the leadership has ended; if it has not, they start anew. */
    private Behavior<Message> onTerminated(Terminated terminated) {
        stopActors();
        MetadataActors started = actors;
        if (started != null && started.terminated(terminated.getRef())) {
            actors = null;
            if (leading == null) {
                parts.seat().stopped(started.term);
            }
            timers.startSingleTimer(Start.NOW, RESTART_PAUSE);
        }
        return this;
    }
}
