package io.mortar.node.brick.store;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Reusable direct buffers, each large enough for a chunk with its trailer, shared by all bricks of a node. A buffer is out only while
 * bytes are copied through it, not while a sync is waited for; so there are never more than disk threads, and in practice as many as
 * processors.
 */
public final class DirectBuffers {
    /** The largest chunk with the largest trailer. */
    static final int SIZE_BYTES = ChunkTrailer.fileSizeBytes(ChunkStore.CHUNK_SIZE_BYTES_MAX);

    private final ConcurrentLinkedDeque<ByteBuffer> idle = new ConcurrentLinkedDeque<>();

    /** An empty buffer, most recently used first since that one is likely in the processor's cache. */
    ByteBuffer take() {
        ByteBuffer buffer = idle.pollFirst();
        return buffer == null ? allocate() : buffer.clear();
    }

    /** Aligned, and padded to a whole number of blocks, for {@link DirectIo}. */
    private static ByteBuffer allocate() {
        return ByteBuffer.allocateDirect(DirectIo.aligned(SIZE_BYTES) + DirectIo.ALIGNMENT_BYTES)
                .alignedSlice(DirectIo.ALIGNMENT_BYTES);
    }

    void giveBack(ByteBuffer buffer) {
        idle.addFirst(buffer);
    }
}
