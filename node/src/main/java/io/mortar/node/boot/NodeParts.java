package io.mortar.node.boot;

import akka.actor.typed.ActorSystem;
import io.mortar.node.coordinator.FaultHandler;
import io.mortar.node.identity.IdentityKeeper;
import io.mortar.node.metadata.MetadataParts;
import io.mortar.node.metadata.MetadataSeat;
import io.mortar.node.metadata.MetadataSeats;
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

    /** Id of the journal that has the pool's metadata. */
    String metadataJournal() {
        return settings.features().coordinator().persisting().journalPluginId();
    }

    /** The seat that the configured journal gives this node. */
    MetadataSeat seat(ActorSystem<?> system) {
        return MetadataSeats.of(
                system,
                metadataJournal(),
                dataDirectory,
                identity,
                settings.address(),
                settings.features().replication(),
                fault());
    }

    MetadataParts metadata(MetadataSeat seat) {
        return new MetadataParts(
                seat,
                identity,
                settings.address(),
                topology,
                settings.features().coordinator(),
                settings.features().registry(),
                fault());
    }
}
