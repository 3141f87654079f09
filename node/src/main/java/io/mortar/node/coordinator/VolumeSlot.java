package io.mortar.node.coordinator;

import akka.actor.typed.ActorRef;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.namespace.NamespaceProtocol.Ask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What the router knows of one volume: what the registry wants of it and which actors it has. */
final class VolumeSlot {
    /** What the registry said last. */
    sealed interface Wish permits Served, Suspended, Dropped {}

    record Served(VolumeControl.Serve volume) implements Wish {}

    record Suspended() implements Wish {}

    record Dropped() implements Wish {}

    /** The actors there are. */
    sealed interface Phase permits Idle, Serving, Stopping, Removing {}

    record Idle() implements Phase {}

    /**
     * @param ready whether the coordinator has recovered, so that the store may be read
     * @param waiting queries that arrived before that
     */
    record Serving(
            ActorRef<VolumeGuardian.Command> guardian, VolumePlacement placement, boolean ready, Queue<Ask> waiting)
            implements Phase {
        Serving recovered() {
            return new Serving(guardian, placement, true, new ArrayDeque<>());
        }
    }

    record Stopping(ActorRef<VolumeGuardian.Command> guardian) implements Phase {}

    record Removing(ActorRef<VolumeRemoval.Command> removal) implements Phase {}

    final VolumeId id;
    final VolumeName name;
    final List<ActorRef<VolumeControl.Dropped>> droppedReplies = new ArrayList<>();
    Wish wish = new Suspended();
    Phase phase = new Idle();

    VolumeSlot(VolumeId id, VolumeName name) {
        this.id = id;
        this.name = name;
    }

    static Serving starting(ActorRef<VolumeGuardian.Command> guardian, VolumePlacement placement) {
        return new Serving(guardian, placement, false, new ArrayDeque<>());
    }

    @Nullable
    Serving serving() {
        return phase instanceof Serving serving ? serving : null;
    }
}
