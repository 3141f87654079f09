package io.mortar.node.coordinator;

import io.mortar.core.pool.BrickId;
import java.util.HashMap;
import java.util.Map;

/** Bricks that failed lately and are left alone for a while, longer each time. */
final class BrickRests {
    private final long restMillisMin;
    private final long restMillisMax;
    private final Map<BrickId, Rest> rests = new HashMap<>();

    BrickRests(long restMillisMin, long restMillisMax) {
        this.restMillisMin = restMillisMin;
        this.restMillisMax = restMillisMax;
    }

    private record Rest(long untilMillis, long lengthMillis) {}

    void fail(BrickId brick, long nowMillis) {
        Rest before = rests.get(brick);
        long length = before == null ? restMillisMin : Math.min(restMillisMax, 2 * before.lengthMillis);
        rests.put(brick, new Rest(nowMillis + length, length));
    }

    void succeed(BrickId brick) {
        rests.remove(brick);
    }

    boolean isResting(BrickId brick, long nowMillis) {
        Rest rest = rests.get(brick);
        return rest != null && nowMillis < rest.untilMillis;
    }
}
