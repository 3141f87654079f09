package io.mortar.node.boot;

import io.mortar.node.coordinator.FaultHandler;
import io.mortar.node.identity.IdentityKeeper;
import io.mortar.node.topology.PublishedTopology;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * What the actors of a node are made of.
 *
 * @param dataDirectory absolute
 * @param topology always the node's latest picture of the pool
 * @param faults the ways in which it ends
 */
record NodeParts(
        NodeSettings settings,
        Path dataDirectory,
        IdentityKeeper identity,
        String httpUrl,
        PublishedTopology topology,
        NodeFaults faults) {

    FaultHandler fault() {
        return faults.handler();
    }

    CompletableFuture<NodeExit> exit() {
        return faults.exit();
    }

    /** Writes down where another node is; durable on return. */
    void rememberPeer(String address) {
        if (!address.equals(settings.address())) {
            identity.change(known -> known.withPeer(address));
        }
    }
}
