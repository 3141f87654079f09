package io.mortar.protocol.namespace;

import akka.actor.typed.ActorRef;
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

    public sealed interface Request permits Ask, Change, RenewLease, PinVersion, DescribeHealing {
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
}
