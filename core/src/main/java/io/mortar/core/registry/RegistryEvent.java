package io.mortar.core.registry;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to the registry; stored, so that components are only ever added at the end. */
public sealed interface RegistryEvent {
    /** A new node, or a known one under a new address. */
    record NodeRegistered(NodeId node, NodeName name, String address) implements RegistryEvent {}

    /** The name is free again; releases that the node still owed are given up with it. */
    record NodeForgotten(NodeId node) implements RegistryEvent {}

    /** The plan of a volume: its bricks are about to be prepared. */
    record VolumeCreating(
            VolumeId volume, VolumeName name, VolumeSpec spec, long createdMillis, List<OwnedBrick> bricks)
            implements RegistryEvent {
        public VolumeCreating {
            bricks = List.copyOf(bricks);
        }
    }

    /** All bricks are prepared. */
    record VolumeCreated(VolumeId volume) implements RegistryEvent {}

    /** The plan is given up; every brick in it is to be released, prepared or not. */
    record VolumeCreateFailed(VolumeId volume, String reason) implements RegistryEvent {}

    record VolumeStarted(VolumeId volume) implements RegistryEvent {}

    record VolumeStopped(VolumeId volume) implements RegistryEvent {}

    /** From here on there is no way back. */
    record VolumeDeleting(VolumeId volume) implements RegistryEvent {}

    /** The volume's namespace is gone and its name free; its bricks are to be released. */
    record VolumeDeleted(VolumeId volume) implements RegistryEvent {}

    /** The brick's node has given the brick back. */
    record BrickReleased(BrickId brick) implements RegistryEvent {}

    /**
     * Bricks for a volume that exists are about to be prepared.
     *
     * @param replaced the brick that the only new one is to replace; null when none is replaced
     */
    record BricksAdding(
            VolumeId volume,
            List<OwnedBrick> bricks,
            @Nullable BrickId replaced) implements RegistryEvent {
        public BricksAdding {
            bricks = List.copyOf(bricks);
        }
    }

    /** The bricks that were being added are prepared, and the volume's. */
    record BricksAdded(VolumeId volume) implements RegistryEvent {}

    /** The addition is given up; every brick of it is to be released, prepared or not. */
    record BricksAddFailed(VolumeId volume, String reason) implements RegistryEvent {}

    /**
     * No new file goes to the brick, and what it has is to go elsewhere.
     *
     * @param successor the brick that is to have it; null for any other
     * @param number of this departure among those of its volume
     */
    record BrickLeaving(
            VolumeId volume, BrickId brick, @Nullable BrickId successor, int number) implements RegistryEvent {}

    /** The brick stays. */
    record DepartureStopped(VolumeId volume, BrickId brick) implements RegistryEvent {}

    /** Nothing was left on the brick; it is to be released. */
    record BrickDetached(VolumeId volume, BrickId brick) implements RegistryEvent {}

    /** @param shapeNumber of the volume from now on */
    record ReplicaChanged(VolumeId volume, VolumeSpec spec, int shapeNumber) implements RegistryEvent {}
}
