package io.mortar.node.metadata;

import akka.Done;
import akka.actor.typed.javadsl.ActorContext;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.RefusedException;
import io.mortar.journal.group.LeadershipListener;
import io.mortar.journal.membership.Candidate;
import io.mortar.node.coordinator.Namespace;
import io.mortar.node.identity.MetadataHolder;
import io.mortar.node.registry.RegistryGuardian;
import io.mortar.protocol.pool.MetadataProtocol.MetadataStatus;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How this node takes part in keeping the pool's metadata; which kind it is follows from the configured journal. Safe for use by several
 * threads.
 */
public interface MetadataSeat {
    /** Whether this node leads now. */
    boolean leads();

    /**
     * Makes the metadata of a new pool, with this node as the only one that has it; durable on return. What an interrupted founding left
     * behind is thrown away.
     */
    void found(PoolId pool);

    /**
     * Takes the seat, once; {@code listener} is told of this node's leaderships from now on.
     *
     * @param guardian of the actor system, on its thread: what takes part with other nodes are its children
     */
    void take(ActorContext<?> guardian, PoolId pool, MetadataHolder founder, LeadershipListener listener);

    /** The rows of all volumes, for the actors of leadership {@code term}. */
    Namespace namespace(long term);

    /** Under which name the events of the pool's registry are stored. */
    default String registryEvents(PoolId pool) {
        return RegistryGuardian.PERSISTENCE_ID;
    }

    /** Told when none of the actors of leadership {@code term}, which has ended, is left. */
    default void stopped(long term) {}

    /** The nodes of the pool, told now and then by the node that leads. */
    void candidates(List<Candidate> candidates);

    /** What this node knows of how the metadata is kept. */
    MetadataStatus status();

    /**
     * Hands leadership over to {@code to}, or to the most advanced voter. Fails with {@link RefusedException} when this node does not lead
     * or nobody took over; it then goes on leading.
     */
    CompletionStage<Done> transfer(@Nullable NodeId to);

    /** Gives leadership away before this node stops, if there is somebody to take it; completes soon in any case. */
    CompletionStage<Done> handOver();
}
