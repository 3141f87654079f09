package io.mortar.node.registry;

import io.mortar.core.pool.NodeId;
import io.mortar.protocol.pool.PoolTopology;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** Since when nodes cannot be reached, as far as this process has seen. Used by the registry's actor alone. */
final class Sightings {
    private final Instant begun;
    private final Map<NodeId, Instant> lost = new HashMap<>();

    Sightings(Instant begun) {
        this.begun = begun.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Takes note of who can be reached at {@code now}. */
    void observe(PoolTopology topology, Instant now) {
        topology.nodes().forEach((id, node) -> {
            if (node.reachable()) {
                lost.remove(id);
            } else {
                lost.putIfAbsent(id, now.truncatedTo(ChronoUnit.SECONDS));
            }
        });
    }

    /** When the node was first seen to be away; the beginning of all sightings for one that was never seen at all. */
    Instant lostSince(NodeId node) {
        return lost.getOrDefault(node, begun);
    }
}
