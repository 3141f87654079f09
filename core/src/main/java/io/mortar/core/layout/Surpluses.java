package io.mortar.core.layout;

import io.mortar.core.pool.BrickId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far bricks are from being equally full, in proportion to their sizes. */
public final class Surpluses {
    private Surpluses() {}

    /** Bytes that each brick that takes chunks has too many, or too few if negative; they add up to about 0. */
    public static Map<BrickId, Long> of(List<BrickState> bricks) {
        List<BrickState> accepting =
                bricks.stream().filter(BrickState::accepting).toList();
        double used = accepting.stream().mapToDouble(BrickState::usedBytes).sum();
        double total = accepting.stream().mapToDouble(Surpluses::totalBytes).sum();
        Map<BrickId, Long> surpluses = new HashMap<>();
        for (BrickState brick : accepting) {
            surpluses.put(brick.id(), brick.usedBytes() - Math.round(totalBytes(brick) * used / Math.max(1, total)));
        }
        return surpluses;
    }

    private static double totalBytes(BrickState brick) {
        return (double) brick.usedBytes() + brick.freeBytes();
    }
}
