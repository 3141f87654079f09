package io.mortar.core.namespace;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Striping;
import io.mortar.core.pool.BrickId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is to be copied before a file can have another layout.
 *
 * @param from where its chunks are
 * @param to where they are to be; as wide, with the same seed
 * @param order number of the relocation, which bricks are told with each chunk
 */
public record RelocationPlan(FileVersion version, Striping from, Striping to, long sizeBytes, long order) {
    /** A chunk that {@code target} is to be given by one of {@code sources}. */
    public record Copy(ChunkId chunk, int sizeBytes, BrickId target, List<BrickId> sources) {}

    public int chunkCount() {
        return from.chunkCount(sizeBytes);
    }

    /**
     * The copies of chunk {@code index} that are to be made; none if its bricks stay. Of a file that is to have fewer copies also those that
     * stay, which have been verified then, or mended from one that is given up: nobody may have read them for long.
     */
    public List<Copy> copies(int index) {
        List<BrickId> sources = from.bricksOf(index);
        boolean isReduced = to.layout().replicaCount() < from.layout().replicaCount();
        List<Copy> copies = new ArrayList<>();
        for (BrickId target : to.bricksOf(index)) {
            if (isReduced || !sources.contains(target)) {
                List<BrickId> rotated = new ArrayList<>(sources);
                rotated.remove(target);
                Collections.rotate(rotated, index / from.layout().width());
                copies.add(new Copy(
                        new ChunkId(version, index, 0), from.chunkSizeBytes(index, sizeBytes), target, rotated));
            }
        }
        return copies;
    }

    /** Bytes that are to be copied, without those that are only verified. */
    public long bytes() {
        long bytes = 0;
        for (int column = 0; column < from.layout().width(); column++) {
            List<BrickId> sources = from.layout().column(column);
            long targets = to.layout().column(column).stream()
                    .filter(target -> !sources.contains(target))
                    .count();
            bytes += targets * from.columnBytes(column, sizeBytes);
        }
        return bytes;
    }
}
