package io.mortar.client.namespace;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Scheduler;
import akka.actor.typed.javadsl.AskPattern;
import io.mortar.client.pool.MetadataNode;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.namespace.RequestKey;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.TopologyView;
import java.time.Duration;
import java.util.EnumSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Asks the coordinators of volumes. A request that is not answered is sent again until a deadline; a change carries the same
 * {@link RequestKey} each time, so it happens once. Stages fail with {@link RefusedException}. Safe for use by several threads.
 */
public final class NamespaceClient {
    private static final Duration TRY = Duration.ofMillis(1500);
    private static final int TRIES = 3;
    /** Codes of refusals that a copy of a change can meet on its way to the coordinator, whatever became of an earlier copy. */
    private static final Set<RefusalCode> BEFORE_DECISION = EnumSet.of(
            RefusalCode.OVERLOADED, RefusalCode.NO_SPACE, RefusalCode.VOLUME_NOT_STARTED, RefusalCode.VOLUME_NOT_FOUND);

    private final TopologyView topology;
    private final Scheduler scheduler;
    private final long client;
    private final AtomicLong lastSequence = new AtomicLong();
    private final ConcurrentSkipListSet<Long> unsettled = new ConcurrentSkipListSet<>();

    /** @param client random number, different for each instance in the pool */
    public NamespaceClient(ActorSystem<?> system, TopologyView topology, long client) {
        this.topology = topology;
        this.scheduler = system.scheduler();
        this.client = client;
    }

    /** The answer to a query, of type {@code expected}. */
    public <R extends Outcome> CompletionStage<R> query(Class<R> expected, VolumeName volume, Query query) {
        Request ask =
                new Request(replyTo -> new NamespaceProtocol.Ask(volume, query, replyTo), MetadataNode::mute, Set.of());
        return attempt(ask, TRIES, false).thenApply(outcome -> accepted(expected, outcome));
    }

    /** Carries a change out, once; durable when the stage completes. TIMED_OUT means that the outcome is not known. */
    public <R extends Outcome> CompletionStage<R> change(Class<R> expected, VolumeName volume, Command command) {
        long sequence = lastSequence.incrementAndGet();
        unsettled.add(sequence);
        Request change = new Request(
                replyTo -> new NamespaceProtocol.Change(
                        volume, new RequestKey(client, sequence, settledBelow()), command, replyTo),
                MetadataNode::silent,
                BEFORE_DECISION);
        return attempt(change, TRIES, false)
                .whenComplete((outcome, failure) -> unsettled.remove(sequence))
                .thenApply(outcome -> accepted(expected, outcome));
    }

    /** Renews a write lease; fails with LEASE_LOST when it is gone. */
    public CompletionStage<Outcome.LeaseRenewed> renew(VolumeName volume, FileVersion version) {
        Request renew = new Request(
                replyTo -> new NamespaceProtocol.RenewLease(volume, version, replyTo), MetadataNode::silent, Set.of());
        return attempt(renew, 1, false).thenApply(outcome -> accepted(Outcome.LeaseRenewed.class, outcome));
    }

    /** Asks, without an answer, that a content be kept while it is read. */
    public void pin(VolumeName volume, FileVersion version) {
        ActorRef<NamespaceProtocol.Request> namespace = topology.current().namespace();
        if (namespace != null) {
            namespace.tell(new NamespaceProtocol.PinVersion(volume, version));
        }
    }

    /**
     * What is asked.
     *
     * @param unanswered what it fails with when a copy of it may have arrived and no answer came
     * @param doubtful refusals of a repeated copy that say nothing about the copies before it
     */
    private record Request(
            Function<ActorRef<Outcome>, NamespaceProtocol.Request> message,
            Function<PoolTopology, RefusedException> unanswered,
            Set<RefusalCode> doubtful) {}

    private CompletionStage<Outcome> attempt(Request request, int triesLeft, boolean repeated) {
        PoolTopology current = topology.current();
        ActorRef<NamespaceProtocol.Request> namespace = current.namespace();
        if (namespace == null) {
            return CompletableFuture.failedFuture(
                    repeated ? request.unanswered().apply(current) : MetadataNode.unreachable(current));
        }
        CompletionStage<Outcome> asked = AskPattern.ask(namespace, request.message()::apply, TRY, scheduler);
        return asked.thenApply(outcome -> {
                    if (repeated
                            && outcome instanceof Outcome.Refused refused
                            && request.doubtful().contains(refused.refusal().code())) {
                        throw request.unanswered().apply(topology.current());
                    }
                    return outcome;
                })
                .exceptionallyCompose(failure -> {
                    if (!isTimeout(failure)) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    return triesLeft > 1
                            ? attempt(request, triesLeft - 1, true)
                            : CompletableFuture.failedFuture(
                                    request.unanswered().apply(topology.current()));
                });
    }

    private long settledBelow() {
        try {
            return unsettled.first();
        } catch (NoSuchElementException e) {
            return lastSequence.get() + 1;
        }
    }

    private static boolean isTimeout(Throwable failure) {
        return failure instanceof TimeoutException
                || (failure instanceof CompletionException && failure.getCause() instanceof TimeoutException);
    }

    private static <R extends Outcome> R accepted(Class<R> expected, Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            throw new RefusedException(refused.refusal());
        }
        if (!expected.isInstance(outcome)) {
            throw new RefusedException(
                    RefusalCode.INTERNAL,
                    "the coordinator answered " + outcome.getClass().getSimpleName() + " instead of "
                            + expected.getSimpleName());
        }
        return expected.cast(outcome);
    }
}
