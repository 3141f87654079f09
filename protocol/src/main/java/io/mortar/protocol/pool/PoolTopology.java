package io.mortar.protocol.pool;

import akka.actor.typed.ActorRef;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.protocol.brick.BrickAdminProtocol;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.brick.BrickProtocol;
import io.mortar.protocol.namespace.NamespaceProtocol;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is where, as one node sees it at one moment. Nodes and bricks that went away stay in it, marked unreachable, as long as the
 * node that sees them runs.
 *
 * @param pool null until the node is in a pool
 * @param metadataNode name of the node that serves the metadata, or did last; null until it is known
 * @param namespace null while no node that can be reached serves the metadata
 * @param registry null while {@code namespace} is
 */
public record PoolTopology(
        NodeId self,
        @Nullable PoolId pool,
        @Nullable NodeName metadataNode,
        @Nullable ActorRef<NamespaceProtocol.Request> namespace,
        @Nullable ActorRef<RegistryProtocol.Request> registry,
        Map<NodeId, Node> nodes,
        Map<BrickId, Brick> bricks) {
    public PoolTopology {
        nodes = Map.copyOf(nodes);
        bricks = Map.copyOf(bricks);
    }

    /** @param address {@code host:port} of the cluster transport; {@code httpUrl} such as {@code http://127.0.0.1:8080} */
    public record Node(
            NodeId id,
            NodeName name,
            String address,
            String httpUrl,
            boolean reachable,
            ActorRef<BrickAdminProtocol.Request> bricks) {}

    /** A brick and the node that announced it. */
    public record Brick(NodeId node, boolean reachable, Announcement.Brick announced) {
        public ActorRef<BrickProtocol.Request> actor() {
            return announced.actor();
        }

        /** Whether it answers: its node can be reached and nothing is wrong with it. A full one refuses new chunks only. */
        public boolean isServing() {
            BrickHealth health = announced.health();
            return reachable && (health == BrickHealth.ONLINE || health == BrickHealth.FULL);
        }
    }

    /** The node called {@code name}, if it was ever seen. */
    public Optional<Node> node(NodeName name) {
        return nodes.values().stream().filter(n -> n.name().equals(name)).findFirst();
    }

    /** The brick, if its node was ever seen with it. */
    public Optional<Brick> brick(BrickId id) {
        return Optional.ofNullable(bricks.get(id));
    }
}
