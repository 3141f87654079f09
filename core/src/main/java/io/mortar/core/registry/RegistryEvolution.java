package io.mortar.core.registry;

import io.mortar.core.pool.NodeId;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeState;
import java.util.stream.Stream;

/** How events change the state; used live and at recovery alike. */
final class RegistryEvolution {
    private RegistryEvolution() {}

    static RegistryState apply(RegistryState state, RegistryEvent event) {
        if (event instanceof RegistryEvent.NodeRegistered e) {
            RegisteredNode node = new RegisteredNode(e.node(), e.name(), e.address());
            return state.withNodes(Stream.concat(others(state, e.node()), Stream.of(node)));
        }
        if (event instanceof RegistryEvent.NodeForgotten e) {
            require(state.node(e.node()).isPresent(), state, event);
            return state.withNodes(others(state, e.node()))
                    .withReleasing(
                            state.releasing().stream().filter(b -> !b.node().equals(e.node())));
        }
        if (event instanceof RegistryEvent.VolumeCreating e) {
            return creating(state, e);
        }
        if (event instanceof RegistryEvent.VolumeCreated e) {
            return become(state, e.volume(), VolumeState.CREATED);
        }
        if (event instanceof RegistryEvent.VolumeCreateFailed e) {
            return remove(state, e.volume(), VolumeState.CREATING);
        }
        if (event instanceof RegistryEvent.VolumeStarted e) {
            return become(state, e.volume(), VolumeState.STARTED);
        }
        if (event instanceof RegistryEvent.VolumeStopped e) {
            return become(state, e.volume(), VolumeState.STOPPED);
        }
        if (event instanceof RegistryEvent.VolumeDeleting e) {
            return become(state, e.volume(), VolumeState.DELETING);
        }
        if (event instanceof RegistryEvent.VolumeDeleted e) {
            return remove(state, e.volume(), VolumeState.DELETING);
        }
        if (event instanceof RegistryEvent.BrickReleased e) {
            require(state.releasing(e.brick()).isPresent(), state, event);
            return state.withReleasing(state.releasing().stream().filter(b -> !b.id().equals(e.brick())));
        }
        return MembershipEvolution.apply(state, event);
    }

    private static RegistryState creating(RegistryState state, RegistryEvent.VolumeCreating e) {
        require(e.volume().value() > state.lastVolumeId(), state, e);
        require(state.volume(e.name()).isEmpty(), state, e);
        RegisteredVolume volume = new RegisteredVolume(
                e.volume(), e.name(), e.spec(), VolumeState.CREATING, e.createdMillis(), e.bricks());
        return state.withVolumes(Stream.concat(state.volumes().stream(), Stream.of(volume)))
                .withLastVolumeId(e.volume().value());
    }

    private static RegistryState become(RegistryState state, VolumeId id, VolumeState next) {
        RegisteredVolume changed = state.existing(id).become(next);
        return state.withVolumes(state.volumes().stream().map(v -> v.id().equals(id) ? changed : v));
    }

    private static RegistryState remove(RegistryState state, VolumeId id, VolumeState from) {
        RegisteredVolume removed = state.existing(id);
        if (removed.state() != from) {
            throw new AssertionError("volume " + removed.name() + " is " + removed.state() + " and not " + from);
        }
        return state.withVolumes(state.volumes().stream().filter(v -> !v.id().equals(id)))
                .withReleasing(Stream.concat(state.releasing().stream(), removed.bricks().stream()));
    }

    private static Stream<RegisteredNode> others(RegistryState state, NodeId id) {
        return state.nodes().stream().filter(n -> !n.id().equals(id));
    }

    static void require(boolean fits, RegistryState state, RegistryEvent event) {
        if (!fits) {
            throw new AssertionError("event " + event + " does not fit " + state);
        }
    }
}
