package io.mortar.core.registry;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that the registry knows. Stored in snapshots, so that components are only ever added at the end. Lists, since they are short and
 * requests are rare.
 *
 * @param releasing bricks of no volume any more, which their nodes have yet to give back
 * @param lastVolumeId the highest id ever given; ids are never used twice
 */
public record RegistryState(
        List<RegisteredNode> nodes, List<RegisteredVolume> volumes, List<OwnedBrick> releasing, int lastVolumeId) {
    public static final RegistryState EMPTY = new RegistryState(List.of(), List.of(), List.of(), 0);

    public RegistryState {
        nodes = List.copyOf(nodes);
        volumes = List.copyOf(volumes);
        releasing = List.copyOf(releasing);
    }

    public Optional<RegisteredNode> node(NodeId id) {
        return nodes.stream().filter(n -> n.id().equals(id)).findFirst();
    }

    public Optional<RegisteredNode> node(NodeName name) {
        return nodes.stream().filter(n -> n.name().equals(name)).findFirst();
    }

    public Optional<RegisteredVolume> volume(VolumeId id) {
        return volumes.stream().filter(v -> v.id().equals(id)).findFirst();
    }

    public Optional<RegisteredVolume> volume(VolumeName name) {
        return volumes.stream().filter(v -> v.name().equals(name)).findFirst();
    }

    /** The volume, which must be there: its absence is a bug. */
    public RegisteredVolume existing(VolumeId id) {
        return volume(id).orElseThrow(() -> new AssertionError("there is no volume " + id));
    }

    /** The volume, which must be there: its absence is a bug. */
    public RegisteredVolume existing(VolumeName name) {
        return volume(name).orElseThrow(() -> new AssertionError("there is no volume " + name));
    }

    public Optional<OwnedBrick> releasing(BrickId id) {
        return releasing.stream().filter(b -> b.id().equals(id)).findFirst();
    }

    /** The bricks on {@code node} that volumes own and that are known to have been prepared. */
    public List<OwnedBrick> bricksOf(NodeId node) {
        return volumes.stream()
                .filter(v -> v.state() != VolumeState.CREATING)
                .flatMap(v -> v.bricks().stream())
                .filter(b -> b.node().equals(node))
                .toList();
    }

    /** The state after {@code event}. Every event that was decided fits; any other is a bug or a damaged journal. */
    public RegistryState evolve(RegistryEvent event) {
        return RegistryEvolution.apply(this, event);
    }

    RegistryState withNodes(Stream<RegisteredNode> next) {
        return new RegistryState(next.toList(), volumes, releasing, lastVolumeId);
    }

    RegistryState withVolumes(Stream<RegisteredVolume> next) {
        return new RegistryState(nodes, next.toList(), releasing, lastVolumeId);
    }

    RegistryState withReleasing(Stream<OwnedBrick> next) {
        return new RegistryState(nodes, volumes, next.toList(), lastVolumeId);
    }

    RegistryState withLastVolumeId(int id) {
        return new RegistryState(nodes, volumes, releasing, id);
    }
}
