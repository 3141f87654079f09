package io.mortar.node.brick.store;

import java.time.Duration;

/**
 * Bounds of a chunk store.
 *
 * @param diskThreads chunks that are written at the same time, and chunks that are read at the same time; 4: eight concurrent syncs
 *     gave 1.5 times the throughput of one on the disk this was measured on, four most of it; each thread costs a stack
 * @param watermarkPercent part of the file system that is left free
 * @param watermarkBytesMax bound on that part; on a large disk 5 % would be a lot
 * @param metadataReserveBytes left free beyond the watermark, since LevelDB needs room to compact and must never meet a full disk; at
 *     most an eighth of the file system
 * @param tombstoneAgeMax how long chunks of a deleted file version are refused: longer than a message can be on its way
 * @param inFlightRequestsMax requests of any kind that wait or are worked on; more are refused with OVERLOADED
 * @param inFlightBytesMax bytes of the chunks among them that are to be stored, which lie in memory; at least one chunk is taken
 */
public record StoreSettings(
        int diskThreads,
        int watermarkPercent,
        long watermarkBytesMax,
        long metadataReserveBytes,
        Duration tombstoneAgeMax,
        int inFlightRequestsMax,
        long inFlightBytesMax) {
    public static final StoreSettings DEFAULT =
            new StoreSettings(4, 5, 512L << 20, 32L << 20, Duration.ofHours(24), 512, 32L << 20);

    public StoreSettings {
        if (diskThreads < 1 || diskThreads > 64) {
            throw new IllegalArgumentException("disk-threads is " + diskThreads + ", must be 1 to 64");
        }
        if (watermarkPercent < 0 || watermarkPercent > 90 || watermarkBytesMax < 0 || metadataReserveBytes < 0) {
            throw new IllegalArgumentException("watermark of " + watermarkPercent + " %, at most " + watermarkBytesMax
                    + " B, with a reserve of " + metadataReserveBytes + " B: must be 0 to 90 % and not negative");
        }
        if (inFlightRequestsMax < 1 || inFlightBytesMax < 0) {
            throw new IllegalArgumentException("in-flight bounds are " + inFlightRequestsMax + " requests and "
                    + inFlightBytesMax + " B, must be at least 1 request and not negative");
        }
        if (tombstoneAgeMax.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("tombstone-age is " + tombstoneAgeMax + ", must be at least a minute");
        }
    }

    /** Bytes that chunks may still take of this room; never negative. */
    public long freeBytes(Disk.Room room) {
        return Math.max(0, room.usableBytes() - untouchableBytes(room.totalBytes()));
    }

    /** Bytes of a file system of {@code totalBytes} that chunks never use. */
    public long untouchableBytes(long totalBytes) {
        long watermark = Math.min(totalBytes / 100 * watermarkPercent, watermarkBytesMax);
        return watermark + Math.min(metadataReserveBytes, totalBytes / 8);
    }
}
