package io.mortar.protocol.pool;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.NodeId;
import io.mortar.core.refusal.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node is asked about the pool's metadata as a thing that is kept: by whom, how far each is, who leads. Every node answers at
 * {@code /user/metadata}, whether it has a replica or not; only the one that leads knows how far the others are.
 */
public final class MetadataProtocol {
    /** Name of the answering actor under {@code /user}. */
    public static final String ACTOR = "metadata";

    private MetadataProtocol() {}

    public sealed interface Request permits DescribeMetadata, TransferLeadership {}

    public sealed interface Reply permits MetadataDescribed, LeadershipTransferred, Refused {}

    public record DescribeMetadata(ActorRef<Reply> replyTo) implements Request {}

    /**
     * Hands leadership over; refused by a node that does not lead.
     *
     * @param to a voter; null for the one that has most of the log
     */
    public record TransferLeadership(@Nullable NodeId to, ActorRef<Reply> replyTo) implements Request {}

    public record MetadataDescribed(MetadataStatus status) implements Reply {}

    /** The asked node leads no more. */
    public record LeadershipTransferred() implements Reply {}

    public record Refused(Refusal refusal) implements Reply {}

    /**
     * What one node knows.
     *
     * @param journal id of the Akka Persistence plugin that keeps the events
     * @param self the node that says this
     * @param leader who leads, as far as it knows; null if nobody does
     * @param replica its own replica; null if it has none, or the journal is not the replicated one
     */
    public record MetadataStatus(
            String journal,
            NodeId self,
            @Nullable NodeId leader,
            @Nullable Replica replica) {}

    /**
     * A node's replica and what it knows of the others.
     *
     * @param snapshotIndex entry at which the last snapshot was received since the node's start; 0 for none
     */
    public record Replica(
            long term,
            long firstIndex,
            long lastIndex,
            long commitIndex,
            long appliedIndex,
            long snapshotIndex,
            List<Member> members) {
        public Replica {
            members = List.copyOf(members);
        }
    }

    /**
     * One of those that have a replica. Numbers are -1 where only the leader knows them.
     *
     * @param address {@code host:port} of the cluster transport
     * @param votes false for a learner
     * @param matchIndex newest entry known to be on its disk
     * @param lagEntries entries that it lacks
     * @param silentMillis time since it last answered the leader
     */
    public record Member(
            NodeId node,
            String address,
            boolean votes,
            long matchIndex,
            long lagEntries,
            long silentMillis,
            boolean receivesSnapshot) {}
}
