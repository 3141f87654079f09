package io.mortar.node.registry;

import akka.actor.typed.ActorRef;
import io.mortar.core.volume.VolumeId;
import io.mortar.protocol.pool.RegistryProtocol.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who waits for the creation or deletion of a volume to end. Used by the registry's actor alone; lost with it, as askers time out. */
final class WaitingRequests {
    private final Map<VolumeId, List<ActorRef<Reply>>> waiting = new HashMap<>();

    void add(VolumeId volume, ActorRef<Reply> replyTo) {
        waiting.computeIfAbsent(volume, v -> new ArrayList<>()).add(replyTo);
    }

    /** All who wait for the volume; they no longer wait. */
    List<ActorRef<Reply>> take(VolumeId volume) {
        List<ActorRef<Reply>> taken = waiting.remove(volume);
        return taken == null ? List.of() : taken;
    }

    int count() {
        return waiting.values().stream().mapToInt(List::size).sum();
    }
}
