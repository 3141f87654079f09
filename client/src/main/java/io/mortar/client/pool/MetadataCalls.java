package io.mortar.client.pool;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import io.mortar.client.stage.Stages;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.TopologyView;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Requests to an actor that runs where the pool's metadata is led, and follows it: when it moves, or does not answer, a request is
 * sent again until its time is up. So every request may arrive more than once, and must be one that is carried out once however often
 * it comes. Safe for use by several threads.
 *
 * @param <Q> requests
 * @param <R> replies
 */
public final class MetadataCalls<Q, R> {
    /** How often a request that waits looks where the actor is now. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private final ActorSystem<?> system;
    private final TopologyView topology;
    private final Function<PoolTopology, @Nullable ActorRef<Q>> target;
    private final Predicate<R> moved;
    private final Times times;

    /**
     * How long to wait.
     *
     * @param resendAfter for an answer, before the request is sent again to the same actor
     * @param absenceMax while nobody serves the metadata
     * @param patience for an answer, in all
     */
    public record Times(Duration resendAfter, Duration absenceMax, Duration patience) {}

    /**
     * What came back.
     *
     * @param repeated whether the request was sent more than once: this may be the answer to a later copy
     */
    public record Answer<R>(R reply, boolean repeated) {}

    /** Nobody answered in time. */
    public static final class UnansweredException extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean sent;

        private UnansweredException(boolean sent) {
            super(sent ? "no answer in time" : "nobody to send it to");
            this.sent = sent;
        }

        /** Whether it may have arrived. */
        public boolean wasSent() {
            return sent;
        }
    }

    /**
     * @param target where the actor is; null when nobody knows
     * @param moved recognises the reply of an actor that does not serve any more: the request is then sent to the next one
     */
    public MetadataCalls(
            ActorSystem<?> system,
            TopologyView topology,
            Function<PoolTopology, @Nullable ActorRef<Q>> target,
            Predicate<R> moved,
            Times times) {
        this.system = system;
        this.topology = topology;
        this.target = target;
        this.moved = moved;
        this.times = times;
    }

    /** Sends what {@code message} makes; fails with {@link UnansweredException}. */
    public CompletionStage<Answer<R>> send(Function<ActorRef<R>, Q> message) {
        Call call = new Call(message);
        call.look();
        return call.answer;
    }

    private final class Call {
        private final Function<ActorRef<R>, Q> message;
        private final CompletableFuture<Answer<R>> answer = new CompletableFuture<>();
        private final long deadlineNanos = System.nanoTime() + times.patience().toNanos();
        private @Nullable ActorRef<Q> asked;
        private long resendNanos;
        private long servedNanos = System.nanoTime();
        private int sentCount;

        Call(Function<ActorRef<R>, Q> message) {
            this.message = message;
        }

        /** Sends if it is time to, and comes back until there is an answer. */
        private synchronized void look() {
            if (answer.isDone()) {
                return;
            }
            long now = System.nanoTime();
            PoolTopology current = topology.current();
            ActorRef<Q> present = target.apply(current);
            servedNanos = present == null ? servedNanos : now;
            boolean absent = current.pool() == null
                    || now - servedNanos >= times.absenceMax().toNanos();
            if (now - deadlineNanos >= 0 || (present == null && absent)) {
                answer.completeExceptionally(new UnansweredException(sentCount > 0));
                return;
            }
            if (present != null && (!present.equals(asked) || now - resendNanos >= 0)) {
                ask(present, now);
            }
            system.scheduler().scheduleOnce(LOOK, this::look, system.executionContext());
        }

        private void ask(ActorRef<Q> present, long now) {
            asked = present;
            int copy = ++sentCount;
            resendNanos = now + times.resendAfter().toNanos();
            CompletionStage<R> reply = Stages.on(
                    system.executionContext(),
                    AskPattern.ask(present, message::apply, times.resendAfter(), system.scheduler()));
            reply.whenComplete((result, failure) -> settle(copy, result, failure));
        }

        /**
         * Only the copy that was sent last counts: an earlier leadership may have refused what a later one carries out when its copy
         * arrives. Guarded by {@code MetadataCallsTest} and, with {@code ANSWER_TO_ANY_COPY}, by the simulation of the namespace.
         */
        private synchronized void settle(int copy, @Nullable R result, @Nullable Throwable failure) {
            if (copy != sentCount) {
                return;
            }
            if (result == null) {
                if (!isTimeout(failure)) {
                    answer.completeExceptionally(failure);
                }
            } else if (!moved.test(result)) {
                answer.complete(new Answer<>(result, sentCount > 1));
            } else {
                // It may be named for a moment still, and may even lead again.
                resendNanos = System.nanoTime() + LOOK.toNanos();
            }
        }
    }

    private static boolean isTimeout(@Nullable Throwable failure) {
        return failure instanceof TimeoutException
                || (failure instanceof CompletionException && failure.getCause() instanceof TimeoutException);
    }
}
