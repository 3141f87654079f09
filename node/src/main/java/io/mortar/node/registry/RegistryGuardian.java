package io.mortar.node.registry;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.mortar.node.coordinator.Leadership;
import io.mortar.node.coordinator.VolumeControl;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.Reply;
import io.mortar.protocol.pool.RegistryProtocol.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The registry as others see it: hands every request to the {@link Registry} below, and its answer out when it is
 * certain that this node still leads, as {@link io.mortar.node.coordinator.Namespace#confirm} explains. So no part of the registry
 * needs to think of that.
 *
 * <pre>
 * Request    from any node; goes to the registry, with an address of its own for the answer
 * Answered   the registry's answer; is confirmed
 * Confirmed  goes to whoever asked
 * Stop       everybody who waits is told that the leader moved, and all stops
 * </pre>
 *
 * <p>When the registry's journal fails because the leadership has ended, that is like {@link Stop}. When it fails for another reason, this
 * fails; whoever spawned it must then stop the node.
 */
public final class RegistryGuardian extends AbstractBehavior<Object> {
    /** Name under which the events of the registry are stored, unless its journal is shared with others. */
    public static final String PERSISTENCE_ID = "registry";

    /** From whoever spawned it, when this node no longer leads. */
    public enum Stop {
        NOW
    }

    /** @param reply null when there was none for very long */
    private record Answered(long id, @Nullable Reply reply) {}

    /** @param failure why it is not certain that the answer is right; null when it is */
    private record Confirmed(long id, Reply reply, @Nullable Throwable failure) {}

    /** Longer than anybody waits: what is forgotten then has no asker any more. */
    private static final Duration ANSWER_WAIT = Duration.ofMinutes(10);

    private final Supplier<CompletionStage<Done>> confirm;
    private final ActorRef<Request> registry;
    private final Map<Long, ActorRef<Reply>> open = new HashMap<>();
    private long lastId;

    /** @param namespace the namespace actor of this process; it is told of every volume once the registry has recovered */
    public static Behavior<Object> create(
            RegistryHome home,
            RegistrySurroundings surroundings,
            ActorRef<VolumeControl.Request> namespace,
            RegistrySettings settings) {
        return Behaviors.setup(context -> new RegistryGuardian(
                context, surroundings.confirm(), Registry.create(home, surroundings, namespace, settings)));
    }

    private RegistryGuardian(
            ActorContext<Object> context, Supplier<CompletionStage<Done>> confirm, Behavior<Request> registry) {
        super(context);
        this.confirm = confirm;
        this.registry = context.spawn(registry, "state");
        context.watch(this.registry);
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Request.class, this::onRequest)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Confirmed.class, this::onConfirmed)
                .onMessage(Stop.class, stop -> end())
                .onSignal(ChildFailed.class, this::onRegistryFailed)
                .build();
    }

    private Behavior<Object> onRequest(Request request) {
        long id = ++lastId;
        open.put(id, request.replyTo());
        getContext()
                .ask(
                        Reply.class,
                        registry,
                        ANSWER_WAIT,
                        request::withReplyTo,
                        (reply, failure) -> new Answered(id, reply));
        return this;
    }

    private Behavior<Object> onAnswered(Answered answered) {
        Reply reply = answered.reply();
        if (reply == null) {
            open.remove(answered.id());
        } else if (open.containsKey(answered.id())) {
            getContext().pipeToSelf(confirm.get(), (done, failure) -> new Confirmed(answered.id(), reply, failure));
        }
        return this;
    }

    private Behavior<Object> onConfirmed(Confirmed confirmed) {
        ActorRef<Reply> asker = open.remove(confirmed.id());
        Throwable failure = confirmed.failure();
        Reply reply = failure == null
                ? confirmed.reply()
                : new RegistryProtocol.Refused(Leadership.unconfirmed(failure)
                        .orElseThrow(() -> new IllegalStateException(
                                "it cannot be told whether the registry's answers are right", failure)));
        if (asker != null) {
            asker.tell(reply);
        }
        return this;
    }

    private Behavior<Object> onRegistryFailed(ChildFailed failed) {
        if (!Leadership.isLost(failed.cause())) {
            throw new IllegalStateException("the registry failed", failed.cause());
        }
        getContext()
                .getLog()
                .info("registry leadership lost: {}", failed.cause().getMessage());
        return end();
    }

    private Behavior<Object> end() {
        open.values().forEach(asker -> asker.tell(moved()));
        return Behaviors.stopped();
    }

    private static Reply moved() {
        return new RegistryProtocol.Refused(Leadership.moved());
    }
}
