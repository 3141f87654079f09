package io.mortar.core.namespace;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.Striping;
import io.mortar.core.pool.BrickId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which chunks a brick is to be given of a file, one after the other.
 *
 * @param sizeBytes of the file
 */
public record HealPlan(MissingCopy copy, Striping striping, long sizeBytes) {
    /** The first chunk after chunk {@code index} that the brick is to be given; -1 asks for the very first. */
    public OptionalInt next(int index) {
        int chunkCount = striping.chunkCount(sizeBytes);
        if (copy.chunks().isEmpty()) {
            // Within one round over the columns the brick has its turn, or it has none at all.
            int end = (int)
                    Math.min(chunkCount, (long) index + 1 + striping.layout().width());
            return IntStream.range(index + 1, end).filter(this::isOnBrick).findFirst();
        }
        return copy.chunks().stream()
                .mapToInt(Integer::intValue)
                .filter(chunk -> chunk > index && chunk < chunkCount && isOnBrick(chunk))
                .findFirst();
    }

    private boolean isOnBrick(int index) {
        return striping.bricksOf(index).contains(copy.brick());
    }

    public ChunkId chunk(int index) {
        return new ChunkId(copy.version(), index, 0);
    }

    public int chunkSizeBytes(int index) {
        return striping.chunkSizeBytes(index, sizeBytes);
    }

    /** The other bricks that should have chunk {@code index}, another one first for each chunk of the column: so they share the work. */
    public List<BrickId> sources(int index) {
        List<BrickId> others = new ArrayList<>(striping.bricksOf(index));
        others.remove(copy.brick());
        Collections.rotate(others, index / striping.layout().width());
        return others;
    }
}
