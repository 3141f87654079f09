package io.mortar.core.layout;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.NodeName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What bricks can still take from background work while it is being placed: less than new files get, since no job may fill the last
 * space. For use by one thread.
 */
public final class BrickRoom {
    private static final int SMALL_BRICK_DIVISOR = 8;

    private final List<BrickState> bricks;
    private final Map<BrickId, BrickState> byId = new HashMap<>();
    private final Map<BrickId, Long> freeBytes = new HashMap<>();

    /** @param reserveBytes of free space that stay free on each brick */
    public BrickRoom(List<BrickState> bricks, long reserveBytes) {
        this.bricks = List.copyOf(bricks);
        for (BrickState brick : bricks) {
            byId.put(brick.id(), brick);
            freeBytes.put(brick.id(), brick.accepting() ? Math.max(0, brick.freeBytes() - reserveBytes) : 0);
        }
    }

    /**
     * What healing may still store on a brick that should have it. Of a small brick at most an eighth stays free, or nothing could ever be
     * healed there; jobs, which can choose another brick, leave it all.
     */
    public static long healingRoomBytes(BrickState brick, long reserveBytes) {
        long kept = Math.min(reserveBytes, (brick.usedBytes() + brick.freeBytes()) / SMALL_BRICK_DIVISOR);
        return Math.max(0, brick.freeBytes() - kept);
    }

    /** All bricks, whether they have room or not. */
    public List<BrickState> bricks() {
        return bricks;
    }

    /** Null for a brick that is none of the volume's any more. */
    public @Nullable BrickState brick(BrickId id) {
        return byId.get(id);
    }

    long freeBytes(BrickId id) {
        return freeBytes.getOrDefault(id, 0L);
    }

    boolean fits(BrickState brick, long bytes) {
        return brick.accepting() && freeBytes(brick.id()) >= bytes;
    }

    /** Takes note that {@code bytes} are on their way to {@code brick}. */
    public void take(BrickId brick, long bytes) {
        freeBytes.merge(brick, -bytes, Long::sum);
    }

    /** Whether none of {@code others} is on the machine of {@code brick}. */
    boolean isOnOtherMachine(BrickState brick, Collection<BrickId> others) {
        return others.stream().noneMatch(other -> brick.location().node().equals(machine(other)));
    }

    @Nullable
    NodeName machine(BrickId id) {
        BrickState brick = byId.get(id);
        return brick == null ? null : brick.location().node();
    }
}
