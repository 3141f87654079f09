package io.mortar.node.metadata;

import akka.actor.typed.ActorSystem;
import io.mortar.journal.local.LocalStore;
import io.mortar.journal.space.DiskSpace;
import io.mortar.node.coordinator.FaultHandler;
import io.mortar.node.identity.IdentityKeeper;
import java.nio.file.Path;

/** Chooses the seat that goes with a journal. */
public final class MetadataSeats {
    private MetadataSeats() {}

    /** @param journalPluginId where the coordinators' events go */
    public static MetadataSeat of(
            ActorSystem<?> system,
            String journalPluginId,
            Path dataDirectory,
            IdentityKeeper identity,
            String address,
            FaultHandler fault) {
        if (journalPluginId.equals(PinnedSeat.JOURNAL)) {
            return new PinnedSeat(
                    system, dataDirectory.resolve("namespace"), identity.get().node());
        }
        DiskSpace space = LocalStore.get(system).space();
        return new QuorumSeat(system, identity, address, ReplicaDirectory.in(dataDirectory, space), space, fault);
    }
}
