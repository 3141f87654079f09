package io.mortar.node.brick;

import io.mortar.node.brick.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Settings of a node's bricks.
 *
 * @param allowedUnder directories below which bricks may be made; the system's own are refused in any case
 * @param roomBytesMin free bytes before the watermark that a new brick must have
 * @param reportInterval how often capacity is measured and announced
 * @param pruneInterval how often old fences and tombstones are looked for, which reads all of them
 */
public record BrickSettings(
        List<Path> allowedUnder,
        long roomBytesMin,
        Duration reportInterval,
        Duration pruneInterval,
        StoreSettings store,
        FetchSettings fetching,
        BackgroundSettings background) {
    public BrickSettings {
        allowedUnder = List.copyOf(allowedUnder);
        for (Path directory : allowedUnder) {
            if (!directory.isAbsolute()) {
                throw new IllegalArgumentException(
                        "bricks-allowed-under has '" + directory + "', which is not an absolute path");
            }
        }
        if (roomBytesMin < 0 || !isPositive(reportInterval) || !isPositive(pruneInterval)) {
            throw new IllegalArgumentException("room-min is " + roomBytesMin + " B, report-interval " + reportInterval
                    + " and prune-interval " + pruneInterval + ": must not be negative, the intervals positive");
        }
    }

    /** Bricks anywhere, with the defaults of every bound. */
    public static BrickSettings defaults() {
        return new BrickSettings(
                List.of(Path.of("/")),
                16L << 20,
                Duration.ofSeconds(2),
                Duration.ofHours(1),
                StoreSettings.DEFAULT,
                FetchSettings.DEFAULT,
                BackgroundSettings.DEFAULT);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
