package io.mortar.protocol.brick;

/**
 * Room of a brick, in bytes.
 *
 * @param totalBytes what Mortar may ever use here: {@code usedBytes + freeBytes}
 * @param usedBytes stored chunks, with their overhead
 * @param freeBytes what may still be stored before the watermark
 */
public record BrickCapacity(long totalBytes, long usedBytes, long freeBytes) {
    public static final BrickCapacity NONE = new BrickCapacity(0, 0, 0);
}
