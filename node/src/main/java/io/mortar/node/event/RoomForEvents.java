package io.mortar.node.event;

import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.journal.space.DiskSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps events of a persistent actor out that the disk has no room for, before they are persisted: the journal would reject them, and that
 * ends the actor. Requests are refused; the ends of the actor's own steps wait, in the order in which they came. For one actor.
 */
public final class RoomForEvents {
    private final DiskSpace space;
    private final String what;
    private final List<Object> waiting = new ArrayList<>();

    /** @param what is on the disk, for texts */
    public RoomForEvents(DiskSpace space, String what) {
        this.space = space;
        this.what = what;
    }

    /** Why the events of a request cannot be persisted now; one that takes in nothing new needs less room. */
    public Optional<Refusal> refusal(boolean isGrowing) {
        if (space.acceptsWrites() && (!isGrowing || space.acceptsGrowth())) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                RefusalCode.NO_SPACE,
                "the disk that holds " + what + " is nearly full (" + space.describe()
                        + "): free space on that node, or delete files or volumes"));
    }

    /** Whether the step that {@code message} ends must wait; then the message is kept. */
    public boolean keepsWaiting(Object message) {
        if (waiting.isEmpty() && space.acceptsWrites()) {
            return false;
        }
        waiting.add(message);
        return true;
    }

    /** The messages that wait, to be handled again in this order; to be called every now and then. */
    public List<Object> takeWaiting() {
        List<Object> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }
}
