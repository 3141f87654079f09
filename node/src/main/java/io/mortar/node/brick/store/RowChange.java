package io.mortar.node.brick.store;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import java.util.List;

/** What is done to a brick's rows; many changes are written with one sync. */
sealed interface RowChange {
    /** @param value the chunk with its trailer */
    record PutChunk(ChunkId chunk, byte[] value) implements RowChange {}

    /** From now on chunks of these versions are refused. */
    record Bury(List<FileVersion> versions) implements RowChange {}

    record RemoveChunks(List<byte[]> keys, long usedBytes) implements RowChange {}

    /** Removes tombstones, if they are still from before {@code atMillis}. */
    record Forget(List<byte[]> tombstones, long atMillis) implements RowChange {}
}
