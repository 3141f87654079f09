package io.mortar.node.brick;

import java.time.Duration;

/**
 * Bounds on the chunks that a brick gets from other bricks.
 *
 * @param countMax chunks that it waits for or stores at one time; more are refused with OVERLOADED
 * @param bytesMax their bytes, which lie in memory when they have come; at least one chunk is taken
 * @param sourceTimeout how long one brick may take to send a chunk before the next one is asked
 */
public record FetchSettings(int countMax, long bytesMax, Duration sourceTimeout) {
    public static final FetchSettings DEFAULT = new FetchSettings(64, 8L << 20, Duration.ofSeconds(5));

    public FetchSettings {
        if (countMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException(
                    "mortar.brick.fetch: count-max " + countMax + " and bytes-max " + bytesMax + " must be at least 1");
        }
        if (sourceTimeout.isZero() || sourceTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "mortar.brick.fetch: source-timeout " + sourceTimeout + " must be positive");
        }
    }
}
