package io.mortar.core.layout;

import io.mortar.core.pool.BrickId;
import java.util.List;

/**
 * Where the chunks of one file are.
 *
 * @param layout bricks of the file
 * @param seed column of chunk 0 before reduction; spreads first chunks over the bricks
 * @param stripeUnitBytes bytes per chunk; the last one may be shorter
 */
public record Striping(Layout layout, int seed, int stripeUnitBytes) {
    /** The column of chunk {@code index}: {@code (seed + index) mod width}. */
    public int columnOf(int index) {
        return (int) Math.floorMod((long) seed + index, (long) layout.width());
    }

    /** The bricks that have a copy of chunk {@code index}. */
    public List<BrickId> bricksOf(int index) {
        return layout.column(columnOf(index));
    }

    /** The first chunk of {@code column}; the others follow at distances of the layout's width. */
    public int firstIndexOf(int column) {
        return (int) Math.floorMod((long) column - seed, (long) layout.width());
    }

    /** Chunks of a file of {@code sizeBytes}; none for an empty one. */
    public int chunkCount(long sizeBytes) {
        return Math.toIntExact((sizeBytes + stripeUnitBytes - 1) / stripeUnitBytes);
    }

    /** Bytes in chunk {@code index} of a file of {@code sizeBytes}. */
    public int chunkSizeBytes(int index, long sizeBytes) {
        return (int) Math.min(stripeUnitBytes, sizeBytes - (long) index * stripeUnitBytes);
    }

    /** Bytes of a file of {@code sizeBytes} that are in {@code column}. */
    public long columnBytes(int column, long sizeBytes) {
        int chunkCount = chunkCount(sizeBytes);
        int first = firstIndexOf(column);
        if (first >= chunkCount) {
            return 0;
        }
        int last = first + (chunkCount - 1 - first) / layout.width() * layout.width();
        return (long) ((last - first) / layout.width()) * stripeUnitBytes + chunkSizeBytes(last, sizeBytes);
    }
}
