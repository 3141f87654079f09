package io.mortar.node.copying;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.pool.BrickId;
import java.util.List;

/**
 * A chunk that a brick is to have.
 *
 * @param sizeBytes of the chunk
 * @param to the brick that is to have it
 * @param sources bricks that should have it, the best one first
 * @param order number of the decision, from the volume's sequence, for a brick that is new to the file; 0 for a repair of what it should
 *     have had before. {@code docs/formats/brick.md} says what it is for
 */
public record ChunkCopy(ChunkId chunk, int sizeBytes, BrickId to, List<BrickId> sources, long order) {
    public ChunkCopy {
        sources = List.copyOf(sources);
    }
}
