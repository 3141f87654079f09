package io.mortar.node.coordinator;

import io.mortar.core.layout.BrickState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is under way to heal one brick: files that are being copied or whose healing is being recorded. Used by one actor. */
final class BrickHealing {
    private final BrickState brick;
    private final int window;
    private final Map<Long, HealTask> open = new LinkedHashMap<>();
    private int inFlightCount;
    private boolean waiting;

    /** @param window chunks that may be on their way at once */
    BrickHealing(BrickState brick, int window) {
        this.brick = brick;
        this.window = window;
    }

    BrickState brick() {
        return brick;
    }

    boolean isIdle() {
        return open.isEmpty();
    }

    /** Whether another chunk may be begun. */
    boolean hasRoom() {
        return !waiting && inFlightCount < window;
    }

    /** Whether another file may be begun. Files of one small chunk are recorded as slowly as they are copied. */
    boolean hasRoomForFile() {
        return open.size() < 2 * window;
    }

    boolean isOpen(long inode) {
        return open.containsKey(inode);
    }

    void add(HealTask task) {
        open.put(task.inode(), task);
    }

    /** A file that has a chunk to begin with. */
    @Nullable
    HealTask unfinished() {
        return open.values().stream().filter(HealTask::hasNext).findFirst().orElse(null);
    }

    void begun() {
        inFlightCount++;
    }

    void answered() {
        inFlightCount--;
        waiting = false;
    }

    /** Begins nothing until a chunk is answered or {@link #goOn}. */
    void await() {
        waiting = true;
    }

    void goOn() {
        waiting = false;
    }

    void remove(HealTask task) {
        task.end();
        open.remove(task.inode());
    }

    /** Gives up all files. What is on its way still counts until it is answered. */
    void clear() {
        open.values().forEach(HealTask::end);
        open.clear();
    }
}
