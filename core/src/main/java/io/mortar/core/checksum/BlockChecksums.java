package io.mortar.core.checksum;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C (RFC 3720, appendix B.4) of every 64 KiB block of a chunk; the last block may be shorter. */
public final class BlockChecksums {
    public static final int BLOCK_SIZE_BYTES = 64 * 1024;

    private BlockChecksums() {}

    /** Blocks in {@code sizeBytes}; 0 for none. */
    public static int blockCount(int sizeBytes) {
        return (sizeBytes + BLOCK_SIZE_BYTES - 1) / BLOCK_SIZE_BYTES;
    }

    /** The checksum of each block from {@code bytes}' position to its limit; neither is changed. */
    public static int[] of(ByteBuffer bytes) {
        int[] checksums = new int[blockCount(bytes.remaining())];
        ByteBuffer block = bytes.duplicate();
        CRC32C crc = new CRC32C();
        for (int i = 0; i < checksums.length; i++) {
            int start = bytes.position() + i * BLOCK_SIZE_BYTES;
            block.limit(Math.min(start + BLOCK_SIZE_BYTES, bytes.limit())).position(start);
            crc.reset();
            crc.update(block);
            checksums[i] = (int) crc.getValue();
        }
        return checksums;
    }

    /** Checksum of all of {@code bytes} as one; position and limit are not changed. */
    public static int ofWhole(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}
