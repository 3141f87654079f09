package io.mortar.client.report;

import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.pool.RegistryProtocol.NodeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the registry said last. Safe for use by several threads. */
final class LastKnown {
    private List<NodeStatus> nodes = List.of();
    private Map<VolumeName, VolumeStatus> volumes = new TreeMap<>();
    private @Nullable Instant nodesKnown;
    private @Nullable Instant volumesKnown;

    synchronized void nodes(List<NodeStatus> all, Instant now) {
        nodes = all;
        nodesKnown = now;
    }

    synchronized void volumes(List<VolumeStatus> all, Instant now) {
        Map<VolumeName, VolumeStatus> known = new TreeMap<>();
        all.forEach(volume -> known.put(volume.name(), volume));
        volumes = known;
        volumesKnown = now;
    }

    /** One of the volumes; of the others nothing new is known. */
    synchronized void volume(VolumeStatus volume) {
        volumes.put(volume.name(), volume);
    }

    synchronized List<NodeStatus> nodes() {
        return nodes;
    }

    synchronized List<VolumeStatus> volumes() {
        return List.copyOf(volumes.values());
    }

    synchronized @Nullable VolumeStatus volume(VolumeName name) {
        return volumes.get(name);
    }

    synchronized @Nullable Instant nodesKnown() {
        return nodesKnown;
    }

    synchronized @Nullable Instant volumesKnown() {
        return volumesKnown;
    }
}
