package io.mortar.node.brick;

import java.time.Duration;

/**
 * How much of a node's disks the copying between bricks may take while clients use them.
 *
 * @param sharePercent of all that bricks of the node read and store for clients and for copying
 * @param floorBytesPerSecond that may be copied in any case
 * @param quiet how long no client must have used a brick of the node before copying is not held back any more
 */
public record BackgroundSettings(int sharePercent, long floorBytesPerSecond, Duration quiet) {
    public static final BackgroundSettings DEFAULT = new BackgroundSettings(12, 4L << 20, Duration.ofMillis(500));

    public BackgroundSettings {
        if (sharePercent < 1 || sharePercent > 90) {
            throw new IllegalArgumentException(
                    "mortar.brick.background.share-percent is " + sharePercent + ", must be 1 to 90");
        }
        if (floorBytesPerSecond < 1) {
            throw new IllegalArgumentException(
                    "mortar.brick.background.floor is " + floorBytesPerSecond + ", must be at least 1");
        }
        if (quiet.isNegative() || quiet.isZero()) {
            throw new IllegalArgumentException("mortar.brick.background.quiet is " + quiet + ", must be positive");
        }
    }
}
