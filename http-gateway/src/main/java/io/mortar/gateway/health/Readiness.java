package io.mortar.gateway.health;

import io.mortar.protocol.pool.PoolTopology;
import java.util.Optional;

/** Whether a node can serve files. */
public final class Readiness {
    private Readiness() {}

    /** Why a node that sees {@code topology} cannot; empty when it can. */
    public static Optional<String> obstacle(PoolTopology topology) {
        if (topology.pool() == null) {
            return Optional.of("this node is not in a pool yet: see 'mortar pool status'");
        }
        if (topology.namespace() == null || topology.registry() == null) {
            return Optional.of("no node serves the pool's metadata"
                    + (topology.metadataNode() == null ? "" : ", the last that did was node " + topology.metadataNode())
                    + ": see 'mortar meta status'");
        }
        return Optional.empty();
    }
}
