package io.mortar.node.brick.store;

import akka.util.ByteString;
import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The bytes {@code [offset, offset + length)} of a chunk and the whole blocks around them, which are what can be verified. */
record ChunkSlice(ChunkId chunk, int offset, int length) {
    /** Where the first block that the slice touches begins. */
    int blocksFrom() {
        return offset / BlockChecksums.BLOCK_SIZE_BYTES * BlockChecksums.BLOCK_SIZE_BYTES;
    }

    /** Where the last block that the slice touches ends. */
    int blocksTo(int dataSizeBytes) {
        long end = (long) BlockChecksums.blockCount(offset + length) * BlockChecksums.BLOCK_SIZE_BYTES;
        return (int) Math.min(end, dataSizeBytes);
    }

    boolean fits(int dataSizeBytes) {
        return offset + (long) length <= dataSizeBytes;
    }

    /** The trailer in {@code bytes}, which must be this chunk's. */
    ChunkTrailer trailer(ByteBuffer bytes, int dataSizeBytes) throws CorruptChunkException {
        ChunkTrailer trailer = ChunkTrailer.read(bytes, dataSizeBytes);
        if (trailer == null) {
            throw new CorruptChunkException("its trailer is damaged");
        }
        if (!trailer.chunk().equals(chunk)) {
            throw new CorruptChunkException("it holds chunk " + trailer.chunk());
        }
        if (!fits(dataSizeBytes)) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST,
                    "bytes " + offset + " to " + (offset + (long) length) + " of chunk " + chunk
                            + " were asked for, it has " + dataSizeBytes);
        }
        return trailer;
    }

    /** Verifies {@code blocks}, which are all blocks that the slice touches. */
    void verify(ByteBuffer blocks, ChunkTrailer trailer) throws CorruptChunkException {
        int[] found = BlockChecksums.of(blocks);
        int first = blocksFrom() / BlockChecksums.BLOCK_SIZE_BYTES;
        for (int i = 0; i < found.length; i++) {
            if (found[i] != trailer.blockChecksums()[first + i]) {
                throw new CorruptChunkException("the checksum of its block " + (first + i) + " is wrong");
            }
        }
    }

    /** Verifies {@code blocks} and cuts the slice out of them. */
    ChunkBytes cut(ByteBuffer blocks, ChunkTrailer trailer) throws CorruptChunkException {
        verify(blocks, trailer);
        byte[] bytes = new byte[length];
        blocks.get(blocks.position() + offset - blocksFrom(), bytes);
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return new ChunkBytes((int) crc.getValue(), ByteString.fromArrayUnsafe(bytes));
    }
}
