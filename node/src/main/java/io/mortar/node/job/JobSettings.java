package io.mortar.node.job;

import java.time.Duration;

/**
 * Bounds and times of background work.
 *
 * @param bytesPerSecond that one volume's jobs move at most
 * @param reserveBytes free space that jobs leave on each brick
 * @param filesInFlight files of one volume that are moved at once
 * @param chunksInFlight chunks of one volume that are copied at once
 * @param interval pause between looks at what is to be done
 * @param retryInterval pause before failed items are tried again
 * @param stepTimeout how long the coordinator may take for a step before it is sent again
 * @param rebuildAfter how long a brick may be away before its copies are made elsewhere
 */
public record JobSettings(
        long bytesPerSecond,
        long reserveBytes,
        int filesInFlight,
        int chunksInFlight,
        Duration interval,
        Duration retryInterval,
        Duration stepTimeout,
        Duration rebuildAfter) {
    public JobSettings {
        positive(bytesPerSecond, "job rate");
        positive(filesInFlight, "files in flight");
        positive(chunksInFlight, "chunks in flight");
        positive(interval.toMillis(), "job interval");
        positive(retryInterval.toMillis(), "job retry interval");
        positive(stepTimeout.toMillis(), "job step timeout");
        if (reserveBytes < 0 || rebuildAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "job reserve " + reserveBytes + " or rebuild-after " + rebuildAfter + " is negative");
        }
    }

    /** What {@code reference.conf} says. */
    public static JobSettings standard() {
        return new JobSettings(
                512L * 1024 * 1024,
                256L * 1024 * 1024,
                16,
                16,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofMinutes(15));
    }

    private static void positive(long value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + " is below 1");
        }
    }
}
