package io.mortar.protocol.pool;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a node asks to be let into a pool, before it joins the cluster. Every node answers at {@code /user/door}. */
public final class JoinProtocol {
    /** Name of the answering actor under {@code /user}. */
    public static final String DOOR = "door";

    private JoinProtocol() {}

    public sealed interface Request permits Knock {}

    public sealed interface Reply permits Admitted, NotYet, TurnedAway {}

    /**
     * @param pool the pool this node belongs to already; null for a new node
     * @param address {@code host:port} under which the node is reached by others
     * @param wireVersion newest version of the wire that the node speaks
     * @param metadataJournal id of the journal in which the node looks for the pool's metadata; null when it does not say
     */
    public record Knock(
            @Nullable PoolId pool,
            NodeId node,
            NodeName name,
            String address,
            int wireVersion,
            ActorRef<Reply> replyTo,
            @Nullable String metadataJournal)
            implements Request {}

    /**
     * The node is registered under its name and may join.
     *
     * @param seeds {@code host:port} of members, the metadata node first
     */
    public record Admitted(PoolId pool, NodeId metadataNode, NodeName metadataName, List<String> seeds)
            implements Reply {
        public Admitted {
            seeds = List.copyOf(seeds);
        }
    }

    /**
     * The asked node cannot decide now. Ask again later.
     *
     * @param inPool whether it belongs to a pool; otherwise it has none itself
     * @param member whether it is in the pool's cluster now: if nobody is, somebody has to form one
     */
    public record NotYet(boolean inPool, boolean member, String reason) implements Reply {}

    /** Final: WRONG_POOL, NAME_TAKEN, or BAD_REQUEST when the node is configured so that it cannot be part of the pool. */
    public record TurnedAway(Refusal refusal) implements Reply {}
}
