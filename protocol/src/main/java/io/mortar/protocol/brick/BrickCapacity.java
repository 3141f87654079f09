package io.mortar.protocol.brick;

/**
 * Room of a brick, in bytes. Bricks on one file system share its room: each is shown an equal part of what is free and of what is
 * reserved, so that sums count no byte twice; any of them may use all of it.
 *
 * @param totalBytes what Mortar may ever use here: {@code usedBytes + freeBytes}
 * @param usedBytes stored chunks, with their overhead
 * @param freeBytes what may still be stored before the watermark
 * @param reservedBytes what is never used: watermark and room for the brick's own metadata
 * @param fileSystem tells file systems apart, on whatever node they are; empty when nothing is known
 */
public record BrickCapacity(long totalBytes, long usedBytes, long freeBytes, long reservedBytes, String fileSystem) {
    public static final BrickCapacity NONE = new BrickCapacity(0, 0, 0);

    /** Nothing reserved, nothing shared. */
    public BrickCapacity(long totalBytes, long usedBytes, long freeBytes) {
        this(totalBytes, usedBytes, freeBytes, 0, "");
    }

    /** The part of one of {@code sharingCount} bricks on the file system. */
    public BrickCapacity sharedBy(int sharingCount) {
        long free = freeBytes / Math.max(1, sharingCount);
        return new BrickCapacity(
                usedBytes + free, usedBytes, free, reservedBytes / Math.max(1, sharingCount), fileSystem);
    }

    /** The same on a file system that is told apart by {@code name}. */
    public BrickCapacity on(String name) {
        return new BrickCapacity(totalBytes, usedBytes, freeBytes, reservedBytes, name);
    }

    /** The sum of two bricks' parts. */
    public BrickCapacity plus(BrickCapacity other) {
        return new BrickCapacity(
                totalBytes + other.totalBytes,
                usedBytes + other.usedBytes,
                freeBytes + other.freeBytes,
                reservedBytes + other.reservedBytes,
                "");
    }
}
