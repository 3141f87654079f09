package io.mortar.node.metadata;

import io.mortar.core.pool.NodeId;
import io.mortar.journal.membership.Candidate;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol.NodeStatus;
import java.util.List;

/** The pool's nodes as candidates for a copy of the metadata. */
final class Candidates {
    private Candidates() {}

    /** @param nodes all that the registry knows, so that one which is not among them has left for good */
    static List<Candidate> of(List<NodeStatus> nodes, PoolTopology topology) {
        return nodes.stream()
                .map(node -> new Candidate(
                        ReplicaDirectory.memberId(node.id()),
                        node.address(),
                        host(node.address()),
                        node.reachable(),
                        freeBytes(node.id(), topology)))
                .toList();
    }

    private static String host(String address) {
        return address.substring(0, address.lastIndexOf(':'));
    }

    /** Metadata shares its file system with the smallest brick at worst; a node without bricks has all of its disk for it. */
    private static long freeBytes(NodeId node, PoolTopology topology) {
        return topology.bricks().values().stream()
                .filter(brick -> brick.node().equals(node))
                .mapToLong(brick -> brick.announced().capacity().freeBytes())
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
