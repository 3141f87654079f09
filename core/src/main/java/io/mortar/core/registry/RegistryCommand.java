package io.mortar.core.registry;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import java.util.List;
import java.util.Set;

/** What the registry decides about: the requests of users and nodes, and the ends of its own steps. */
public sealed interface RegistryCommand {
    record RegisterNode(NodeId node, NodeName name, String address) implements RegistryCommand {}

    /** @param reachable the nodes that can be reached now */
    record ForgetNode(NodeName name, Set<NodeId> reachable) implements RegistryCommand {
        public ForgetNode {
            reachable = Set.copyOf(reachable);
        }
    }

    /**
     * @param newIds ids for the bricks, one per location
     * @param nowMillis wall clock
     * @param reachable the nodes that can be reached now
     */
    record CreateVolume(
            VolumeName name,
            VolumeSpec spec,
            List<BrickLocation> locations,
            List<BrickId> newIds,
            long nowMillis,
            Set<NodeId> reachable)
            implements RegistryCommand {
        public CreateVolume {
            locations = List.copyOf(locations);
            newIds = List.copyOf(newIds);
            reachable = Set.copyOf(reachable);
            if (newIds.size() != locations.size()) {
                throw new IllegalArgumentException(newIds.size() + " ids for " + locations.size() + " bricks");
            }
        }
    }

    /** Every brick of the plan is prepared. */
    record CompleteCreation(VolumeId volume) implements RegistryCommand {}

    /** A brick of the plan could not be prepared, or the metadata node stopped before all were. */
    record RollBackCreation(VolumeId volume, String reason) implements RegistryCommand {}

    record StartVolume(VolumeName name) implements RegistryCommand {}

    record StopVolume(VolumeName name) implements RegistryCommand {}

    record DeleteVolume(VolumeName name) implements RegistryCommand {}

    /** The namespace of a volume that is being deleted is gone. */
    record CompleteDeletion(VolumeId volume) implements RegistryCommand {}

    /** A node said that it no longer has the brick. */
    record CompleteRelease(BrickId brick) implements RegistryCommand {}

    /**
     * @param newIds ids for the bricks, one per location
     * @param reachable the nodes that can be reached now
     */
    record AddBricks(VolumeName name, List<BrickLocation> locations, List<BrickId> newIds, Set<NodeId> reachable)
            implements RegistryCommand {
        public AddBricks {
            locations = List.copyOf(locations);
            newIds = List.copyOf(newIds);
            reachable = Set.copyOf(reachable);
            if (newIds.size() != locations.size()) {
                throw new IllegalArgumentException(newIds.size() + " ids for " + locations.size() + " bricks");
            }
        }
    }

    /**
     * @param next where the brick is to be that takes the place of {@code old}
     * @param newId its id
     * @param reachable the nodes that can be reached now
     */
    record ReplaceBrick(VolumeName name, BrickLocation old, BrickLocation next, BrickId newId, Set<NodeId> reachable)
            implements RegistryCommand {
        public ReplaceBrick {
            reachable = Set.copyOf(reachable);
        }
    }

    /** These bricks, which were to be added, are prepared. */
    record CompleteAddition(VolumeId volume, List<BrickId> bricks) implements RegistryCommand {
        public CompleteAddition {
            bricks = List.copyOf(bricks);
        }
    }

    /** One of these bricks, which were to be added, could not be prepared. */
    record RollBackAddition(VolumeId volume, List<BrickId> bricks, String reason) implements RegistryCommand {
        public RollBackAddition {
            bricks = List.copyOf(bricks);
        }
    }

    /** Begins to take bricks out. */
    record RemoveBricks(VolumeName name, List<BrickLocation> bricks) implements RegistryCommand {
        public RemoveBricks {
            bricks = List.copyOf(bricks);
        }
    }

    /** Keeps bricks that are being taken out; what went elsewhere stays there. */
    record StopRemoval(VolumeName name, List<BrickLocation> bricks) implements RegistryCommand {
        public StopRemoval {
            bricks = List.copyOf(bricks);
        }
    }

    record SetReplica(VolumeName name, int replicaCount) implements RegistryCommand {}

    /** Provably nothing of the volume is on the brick since the departure of this number began. */
    record DetachBrick(VolumeId volume, BrickId brick, int departure) implements RegistryCommand {}
}
