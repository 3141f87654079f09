package io.mortar.node.join;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.protocol.pool.JoinProtocol;
import io.mortar.protocol.pool.JoinProtocol.Admitted;
import io.mortar.protocol.pool.JoinProtocol.Knock;
import io.mortar.protocol.wire.WireTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices on the node that leads the pool's metadata that other nodes are in a cluster without it. Such a node forms a cluster when
 * nobody answers at its start; if the others only did not answer in time, there are two clusters that nothing would ever merge, and
 * only this node can tell. It then ends, and joins the others when it is started again.
 */
public final class SplitWatch extends AbstractBehavior<SplitWatch.Message> {
    private static final Logger LOG = LoggerFactory.getLogger(SplitWatch.class);
    /** A peer that is about to become a member admits too; this many rounds in a row are no coincidence. */
    private static final int ROUNDS = 4;

    public sealed interface Message {}

    private record Answered(String peer, JoinProtocol.@Nullable Reply reply) implements Message {}

    private enum Round implements Message {
        NEXT
    }

    /**
     * What the watch needs to know.
     *
     * @param leads whether this node leads the pool's metadata; only then it asks
     * @param members addresses of the present members of this node's cluster
     * @param door the door of the node at an address
     * @param separated called once, when the others are in a cluster of their own
     */
    public record Surroundings(
            Supplier<NodeIdentity> identity,
            BooleanSupplier leads,
            String self,
            Supplier<Set<String>> members,
            Function<String, ActorRef<JoinProtocol.Request>> door,
            Runnable separated) {}

    private final Surroundings surroundings;
    private final Duration interval;
    private final Map<String, Integer> roundsAdmitted = new HashMap<>();

    private SplitWatch(ActorContext<Message> context, Surroundings surroundings, Duration interval) {
        super(context);
        this.surroundings = surroundings;
        this.interval = interval;
    }

    /** To be spawned once the node is a member; {@code interval} between questions. */
    public static Behavior<Message> create(Surroundings surroundings, Duration interval) {
        return Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Round.NEXT, interval);
            return Behaviors.setup(context -> new SplitWatch(context, surroundings, interval));
        });
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Round.class, next -> onRound())
                .onMessage(Answered.class, this::onAnswered)
                .build();
    }

    private Behavior<Message> onRound() {
        NodeIdentity identity = surroundings.identity().get();
        Set<String> absent = surroundings.leads().getAsBoolean() ? new HashSet<>(identity.peers()) : new HashSet<>();
        absent.removeAll(surroundings.members().get());
        roundsAdmitted.keySet().retainAll(absent);
        for (String peer : absent) {
            getContext()
                    .ask(
                            JoinProtocol.Reply.class,
                            surroundings.door().apply(peer),
                            interval,
                            replyTo -> new Knock(
                                    identity.pool(),
                                    identity.node(),
                                    identity.name(),
                                    surroundings.self(),
                                    WireTable.WIRE_VERSION,
                                    replyTo,
                                    null),
                            (reply, failure) -> new Answered(peer, reply));
        }
        return this;
    }

    private Behavior<Message> onAnswered(Answered answered) {
        if (!(answered.reply() instanceof Admitted)) {
            roundsAdmitted.remove(answered.peer());
            return this;
        }
        if (roundsAdmitted.merge(answered.peer(), 1, Integer::sum) < ROUNDS) {
            return this;
        }
        LOG.error(
                "this node is alone in a cluster while others are in another: it ends, to join them at its next start peer={}",
                answered.peer());
        surroundings.separated().run();
        return Behaviors.stopped();
    }
}
