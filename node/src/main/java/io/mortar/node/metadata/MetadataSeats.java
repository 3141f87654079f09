package io.mortar.node.metadata;

import akka.actor.typed.ActorSystem;
import io.mortar.journal.group.GroupSettings;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.local.LocalStore;
import io.mortar.journal.space.DiskSpace;
import io.mortar.node.coordinator.FaultHandler;
import io.mortar.node.identity.IdentityKeeper;
import java.nio.file.Path;

/** Chooses the seat that goes with a journal. */
public final class MetadataSeats {
    private MetadataSeats() {}

    /**
     * Whether {@code journalPluginId} is a journal that all nodes share and Mortar knows nothing of. Events in it are not deleted, since a
     * node may need them to catch up, and coordinators of volumes have {@link io.mortar.node.coordinator.NamespaceCopySnapshots}.
     * Throws {@link IllegalArgumentException} when {@code snapshotPluginId} does not go with it.
     */
    public static boolean isShared(String journalPluginId, String snapshotPluginId) {
        boolean quorum = journalPluginId.equals(QuorumSeat.JOURNAL);
        if (quorum != snapshotPluginId.equals(QuorumSeat.SNAPSHOTS)) {
            throw new IllegalArgumentException("mortar.coordinator has journal-plugin " + journalPluginId
                    + " and snapshot-plugin " + snapshotPluginId + ": set both, they must go together");
        }
        return !quorum && !journalPluginId.equals(PinnedSeat.JOURNAL);
    }

    /**
     * @param journalPluginId where the coordinators' events go
     * @param replication of the journal that is replicated
     */
    public static MetadataSeat of(
            ActorSystem<?> system,
            String journalPluginId,
            Path dataDirectory,
            IdentityKeeper identity,
            String address,
            GroupSettings replication,
            FaultHandler fault) {
        if (journalPluginId.equals(PinnedSeat.JOURNAL)) {
            return new PinnedSeat(system, dataDirectory.resolve("namespace"), identity.get());
        }
        if (!journalPluginId.equals(QuorumSeat.JOURNAL)) {
            return new SingletonSeat(
                    system, journalPluginId, dataDirectory.resolve("namespace"), identity.get(), fault);
        }
        LocalStore journal = LocalStore.get(system);
        DiskSpace space = journal.space();
        LocalMetadata local = new LocalMetadata(dataDirectory, journal.rows(), KvOptions.of(space));
        return new QuorumSeat(
                system, identity, address, ReplicaDirectory.in(dataDirectory, space), local, replication, fault);
    }
}
