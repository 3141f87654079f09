package io.mortar.node.registry;

import io.mortar.core.registry.RegistryEvent;
import io.mortar.core.registry.RegistryState;
import io.mortar.node.event.StoredRecordSerializer;
import io.mortar.protocol.wire.Tags;

/** Serializer of the registry's events and snapshots; bound in {@code reference.conf}. */
public final class RegistryEventSerializer extends StoredRecordSerializer {
    private static final int IDENTIFIER = 730_201;

    public RegistryEventSerializer() {
        super(IDENTIFIER, tags());
    }

    static Tags tags() {
        return new Tags()
                .with("registry.node-registered.v1", RegistryEvent.NodeRegistered.class)
                .with("registry.node-forgotten.v1", RegistryEvent.NodeForgotten.class)
                .with("registry.volume-creating.v1", RegistryEvent.VolumeCreating.class)
                .with("registry.volume-created.v1", RegistryEvent.VolumeCreated.class)
                .with("registry.volume-create-failed.v1", RegistryEvent.VolumeCreateFailed.class)
                .with("registry.volume-started.v1", RegistryEvent.VolumeStarted.class)
                .with("registry.volume-stopped.v1", RegistryEvent.VolumeStopped.class)
                .with("registry.volume-deleting.v1", RegistryEvent.VolumeDeleting.class)
                .with("registry.volume-deleted.v1", RegistryEvent.VolumeDeleted.class)
                .with("registry.brick-released.v1", RegistryEvent.BrickReleased.class)
                .with("registry.bricks-adding.v1", RegistryEvent.BricksAdding.class)
                .with("registry.bricks-added.v1", RegistryEvent.BricksAdded.class)
                .with("registry.bricks-add-failed.v1", RegistryEvent.BricksAddFailed.class)
                .with("registry.brick-leaving.v1", RegistryEvent.BrickLeaving.class)
                .with("registry.departure-stopped.v1", RegistryEvent.DepartureStopped.class)
                .with("registry.brick-detached.v1", RegistryEvent.BrickDetached.class)
                .with("registry.replica-changed.v1", RegistryEvent.ReplicaChanged.class)
                .with("registry.state.v1", RegistryState.class);
    }
}
