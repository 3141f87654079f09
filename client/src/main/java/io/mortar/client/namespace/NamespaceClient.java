package io.mortar.client.namespace;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import io.mortar.client.pool.MetadataCalls;
import io.mortar.client.pool.MetadataCalls.UnansweredException;
import io.mortar.client.pool.MetadataNode;
import io.mortar.core.job.ChangePlan;
import io.mortar.core.job.JobAction;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.namespace.RequestKey;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.TopologyView;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Asks the coordinators of volumes, wherever they are. A request that is not answered is sent again until a deadline; a change carries
 * the same {@link RequestKey} each time, so it happens once. Stages fail with {@link RefusedException}. Safe for use by several threads.
 */
public final class NamespaceClient {
    /** Codes of refusals that a copy of a change can meet on its way to the coordinator, whatever became of an earlier copy. */
    private static final Set<RefusalCode> BEFORE_DECISION = EnumSet.of(
            RefusalCode.OVERLOADED, RefusalCode.NO_SPACE, RefusalCode.VOLUME_NOT_STARTED, RefusalCode.VOLUME_NOT_FOUND);

    private final TopologyView topology;
    private final MetadataCalls<NamespaceProtocol.Request, Outcome> calls;
    private final long client;
    private final RequestNumbers numbers = new RequestNumbers();

    /** @param client random number, different for each instance in the pool */
    public NamespaceClient(ActorSystem<?> system, TopologyView topology, MetadataCalls.Times times, long client) {
        this.topology = topology;
        this.calls =
                new MetadataCalls<>(system, topology, PoolTopology::namespace, NamespaceClient::saysThatItMoved, times);
        this.client = client;
    }

    /** The answer to a query, of type {@code expected}. */
    public <R extends Outcome> CompletionStage<R> query(Class<R> expected, VolumeName volume, Query query) {
        return send(replyTo -> new NamespaceProtocol.Ask(volume, query, replyTo), MetadataNode::mute, Set.of())
                .thenApply(outcome -> accepted(expected, outcome));
    }

    /** Carries a change out, once; durable when the stage completes. TIMED_OUT means that the outcome is not known. */
    public <R extends Outcome> CompletionStage<R> change(Class<R> expected, VolumeName volume, Command command) {
        long sequence = numbers.begin();
        return send(
                        replyTo -> new NamespaceProtocol.Change(
                                volume, new RequestKey(client, sequence, numbers.settledBelow()), command, replyTo),
                        MetadataNode::silent,
                        BEFORE_DECISION)
                .whenComplete((outcome, failure) -> numbers.end(sequence))
                .thenApply(outcome -> accepted(expected, outcome));
    }

    /** Renews a write lease; fails with LEASE_LOST when it is gone. */
    public CompletionStage<Outcome.LeaseRenewed> renew(VolumeName volume, FileVersion version) {
        return send(
                        replyTo -> new NamespaceProtocol.RenewLease(volume, version, replyTo),
                        MetadataNode::silent,
                        Set.of())
                .thenApply(outcome -> accepted(Outcome.LeaseRenewed.class, outcome));
    }

    /** What the bricks of a volume lack. */
    public CompletionStage<Outcome.Healing> healing(VolumeName volume) {
        return send(replyTo -> new NamespaceProtocol.DescribeHealing(volume, replyTo), MetadataNode::mute, Set.of())
                .thenApply(outcome -> accepted(Outcome.Healing.class, outcome));
    }

    /** What a change of a volume would take; the coordinator looks at all files for it. */
    public CompletionStage<ChangePlan> plan(VolumeName volume, ProposedChange change) {
        return query(Outcome.ChangePlanned.class, volume, new Query.PlanChange(change))
                .thenApply(Outcome.ChangePlanned::plan);
    }

    /** The jobs of a volume. */
    CompletionStage<Outcome.JobsListed> jobs(VolumeName volume) {
        return send(replyTo -> new NamespaceProtocol.DescribeJobs(volume, replyTo), MetadataNode::mute, Set.of())
                .thenApply(outcome -> accepted(Outcome.JobsListed.class, outcome));
    }

    /** Starts a job, or finds the one of its kind that is under way. */
    CompletionStage<Outcome.JobStarted> startJob(VolumeName volume, JobKind kind) {
        return send(
                        replyTo -> new NamespaceProtocol.StartJob(volume, kind, replyTo),
                        MetadataNode::silent,
                        BEFORE_DECISION)
                .thenApply(outcome -> accepted(Outcome.JobStarted.class, outcome));
    }

    /** Pauses a job, and so on. A copy of the request may be refused because an earlier one was carried out. */
    CompletionStage<Outcome.JobChanged> controlJob(VolumeName volume, long job, JobAction action, long value) {
        Set<RefusalCode> doubtful = EnumSet.copyOf(BEFORE_DECISION);
        doubtful.add(RefusalCode.BAD_REQUEST);
        return send(
                        replyTo -> new NamespaceProtocol.ControlJob(volume, job, action, value, replyTo),
                        MetadataNode::silent,
                        doubtful)
                .thenApply(outcome -> accepted(Outcome.JobChanged.class, outcome));
    }

    /** Tells, without waiting, that a brick's copy of a chunk is damaged or missing: whoever reads it next tells it again. */
    public void reportDamage(VolumeName volume, ChunkId chunk, BrickId brick) {
        CompletableFuture<Outcome.DamageNoted> noted = change(
                        Outcome.DamageNoted.class, volume, new Command.ReportDamage(chunk.file(), chunk.index(), brick))
                .toCompletableFuture();
        noted.exceptionally(failure -> new Outcome.DamageNoted(false));
    }

    /** Asks, without an answer, that a content be kept while it is read. */
    public void pin(VolumeName volume, FileVersion version) {
        ActorRef<NamespaceProtocol.Request> namespace = topology.current().namespace();
        if (namespace != null) {
            namespace.tell(new NamespaceProtocol.PinVersion(volume, version));
        }
    }

    /**
     * @param unanswered what it fails with when a copy of it may have arrived and no answer came
     * @param doubtful refusals of a repeated copy that say nothing about the copies before it
     */
    private CompletionStage<Outcome> send(
            Function<ActorRef<Outcome>, NamespaceProtocol.Request> message,
            Function<PoolTopology, RefusedException> unanswered,
            Set<RefusalCode> doubtful) {
        return calls.send(message).handle((answer, failure) -> {
            if (answer == null) {
                throw unanswered(failure, unanswered);
            }
            if (answer.repeated()
                    && answer.reply() instanceof Outcome.Refused refused
                    && doubtful.contains(refused.refusal().code())) {
                throw unanswered.apply(topology.current());
            }
            return answer.reply();
        });
    }

    private RuntimeException unanswered(Throwable failure, Function<PoolTopology, RefusedException> sent) {
        if (failure instanceof UnansweredException none) {
            PoolTopology current = topology.current();
            return none.wasSent() ? sent.apply(current) : MetadataNode.unreachable(current);
        }
        return new CompletionException(failure);
    }

    private static boolean saysThatItMoved(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused
                && refused.refusal().code() == RefusalCode.METADATA_UNAVAILABLE;
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
