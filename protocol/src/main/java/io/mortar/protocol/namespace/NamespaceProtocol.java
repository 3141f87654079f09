package io.mortar.protocol.namespace;

import akka.actor.typed.ActorRef;
import io.mortar.core.job.JobAction;
import io.mortar.core.job.JobKind;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.volume.VolumeName;

/**
 * What the coordinators of volumes are asked. Every request goes to the one namespace actor of the metadata node, which hands it to
 * the volume's coordinator (changes, leases, pins) or to its readers (queries). Every answer is an {@link Outcome}.
 */
public final class NamespaceProtocol {
    private NamespaceProtocol() {}

    public sealed interface Request
            permits Ask, Change, RenewLease, PinVersion, DescribeHealing, DescribeJobs, StartJob, ControlJob {
        VolumeName volume();
    }

    /** Answered from a state that has every change that was acknowledged before this was sent. */
    public record Ask(VolumeName volume, Query query, ActorRef<Outcome> replyTo) implements Request {}

    /** Answered after the change is durable; a repeated {@code key} is answered, not repeated. */
    public record Change(VolumeName volume, RequestKey key, Command command, ActorRef<Outcome> replyTo)
            implements Request {}

    /** Keeps a write lease alive; answered with {@link Outcome.LeaseRenewed} or {@link Outcome.Refused} (LEASE_LOST). */
    public record RenewLease(VolumeName volume, FileVersion version, ActorRef<Outcome> replyTo) implements Request {}

    /** Asks that the chunks of a content which is being read be kept a little longer, even if it is replaced. Not answered. */
    public record PinVersion(VolumeName volume, FileVersion version) implements Request {}

    /** Answered with {@link Outcome.Healing}. */
    public record DescribeHealing(VolumeName volume, ActorRef<Outcome> replyTo) implements Request {}

    /** Answered with {@link Outcome.JobsListed}. */
    public record DescribeJobs(VolumeName volume, ActorRef<Outcome> replyTo) implements Request {}

    /**
     * Starts a job of a kind that users start, or finds the one that is under way; may be repeated. Answered with
     * {@link Outcome.JobStarted}.
     */
    public record StartJob(VolumeName volume, JobKind kind, ActorRef<Outcome> replyTo) implements Request {}

    /**
     * Pauses a job, and so on; may be repeated. Answered with {@link Outcome.JobChanged}.
     *
     * @param value bytes per second for LIMIT, 0 for the configured rate; else 0
     */
    public record ControlJob(VolumeName volume, long job, JobAction action, long value, ActorRef<Outcome> replyTo)
            implements Request {}
}
