package io.mortar.node.brick.store;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import java.util.List;

/** What is done to a brick's rows; many changes are written with one sync. */
sealed interface RowChange {
    /**
     * @param order by whose word
     * @param value the chunk with its trailer
     */
    record PutChunk(ChunkId chunk, long order, byte[] value) implements RowChange {}

    /** Puts up fences, each unless there is one that says more. From then on chunks that they do not admit are refused. */
    record Raise(List<Removal> fences) implements RowChange {}

    /** Removes chunks of a version, unless its fence is above {@code order} by then. */
    record RemoveChunks(FileVersion version, long order, List<byte[]> keys, long usedBytes) implements RowChange {}

    /** Removes fences and tombstones, if they are still from before {@code atMillis}. */
    record Forget(List<byte[]> fences, long atMillis) implements RowChange {}
}
