package io.mortar.node.identity;

import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a node is, kept in its data directory.
 *
 * @param pool null until the node was let into a pool, or made one
 * @param metadata the node that founded the pool, and holds its metadata if that is not replicated; null as long as {@code pool} is
 * @param replica whether this node's data directory has a replica of the metadata, be it an empty one: then it must never be missing
 * @param peers {@code host:port} of members, those seen last first; where to knock after a restart
 */
public record NodeIdentity(
        NodeId node,
        NodeName name,
        @Nullable PoolId pool,
        @Nullable MetadataHolder metadata,
        boolean replica,
        List<String> peers) {
    /** Bounds what a start knocks at. */
    public static final int PEER_COUNT_MAX = 64;

    public NodeIdentity {
        peers = List.copyOf(peers);
        if ((pool == null) != (metadata == null)) {
            throw new IllegalArgumentException("a node knows its pool and its metadata node, or neither");
        }
    }

    /** Whether this node founded its pool. */
    public boolean founded() {
        return metadata != null && node.equals(metadata.node());
    }

    public NodeIdentity inPool(PoolId newPool, MetadataHolder holder) {
        return new NodeIdentity(node, name, newPool, holder, replica, peers);
    }

    public NodeIdentity withReplica() {
        return new NodeIdentity(node, name, pool, metadata, true, peers);
    }

    public NodeIdentity withPeers(List<String> newPeers) {
        return new NodeIdentity(node, name, pool, metadata, replica, newPeers);
    }

    /** With {@code address} as the peer seen last; the oldest ones are forgotten beyond {@link #PEER_COUNT_MAX}. */
    public NodeIdentity withPeer(String address) {
        List<String> newPeers = new ArrayList<>(List.of(address));
        peers.stream()
                .filter(peer -> !peer.equals(address))
                .limit(PEER_COUNT_MAX - 1)
                .forEach(newPeers::add);
        return withPeers(newPeers);
    }
}
