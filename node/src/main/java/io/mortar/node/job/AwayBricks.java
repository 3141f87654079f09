package io.mortar.node.job;

import io.mortar.core.layout.BrickState;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.pool.BrickId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Since when bricks do not answer, as far as this node has seen. For use by one thread. */
final class AwayBricks {
    private final long graceMillis;
    private final Map<BrickId, Long> sinceMillis = new HashMap<>();

    AwayBricks(long graceMillis) {
        this.graceMillis = graceMillis;
    }

    void observe(VolumeContext context) {
        Set<BrickId> away = new HashSet<>();
        for (BrickState brick : context.bricks()) {
            if (!brick.serving()) {
                away.add(brick.id());
                sinceMillis.putIfAbsent(brick.id(), context.nowMillis());
            }
        }
        sinceMillis.keySet().retainAll(away);
    }

    /** Those that have been away for longer than the time of grace, and since when. */
    Map<BrickId, Long> forLong(long nowMillis) {
        Map<BrickId, Long> away = new HashMap<>(sinceMillis);
        away.values().removeIf(since -> nowMillis - since < graceMillis);
        return away;
    }
}
