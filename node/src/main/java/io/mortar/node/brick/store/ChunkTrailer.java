package io.mortar.node.brick.store;

import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.volume.VolumeId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the data of a stored chunk: a checksum per block, whose chunk it is, how long, and a checksum of all that.
 * {@code docs/formats/chunk.md} has the bytes. Where the trailer begins follows from the length of the file alone.
 */
record ChunkTrailer(ChunkId chunk, int dataSizeBytes, int[] blockChecksums) {
    static final int FORMAT_VERSION = 1;
    /** {@code MORTARCH} in ASCII. */
    static final long MAGIC = 0x4d4f_5254_4152_4348L;
    /** Everything behind the block checksums. */
    static final int FOOTER_SIZE_BYTES = 48;

    private static final int BLOCK_WITH_CHECKSUM_BYTES = BlockChecksums.BLOCK_SIZE_BYTES + Integer.BYTES;

    /** Length of the trailer of a chunk of {@code dataSizeBytes}. */
    static int sizeBytes(int dataSizeBytes) {
        return BlockChecksums.blockCount(dataSizeBytes) * Integer.BYTES + FOOTER_SIZE_BYTES;
    }

    /** Length of a chunk of {@code dataSizeBytes} with its trailer. */
    static int fileSizeBytes(int dataSizeBytes) {
        return dataSizeBytes + sizeBytes(dataSizeBytes);
    }

    /** The data's length in a file of {@code fileSizeBytes}, or -1 if no chunk file has this length. */
    static int dataSizeBytes(long fileSizeBytes) {
        long dataAndChecksums = fileSizeBytes - FOOTER_SIZE_BYTES;
        if (dataAndChecksums <= Integer.BYTES || fileSizeBytes > DirectBuffers.SIZE_BYTES) {
            return -1;
        }
        int blocks = (int) ((dataAndChecksums + BLOCK_WITH_CHECKSUM_BYTES - 1) / BLOCK_WITH_CHECKSUM_BYTES);
        int data = (int) dataAndChecksums - blocks * Integer.BYTES;
        return BlockChecksums.blockCount(data) == blocks ? data : -1;
    }

    /** Appends the trailer at the buffer's position. */
    void write(ByteBuffer out) {
        int start = out.position();
        for (int checksum : blockChecksums) {
            out.putInt(checksum);
        }
        out.putInt(chunk.file().volume().value())
                .putLong(chunk.file().inode())
                .putLong(chunk.file().generation())
                .putInt(chunk.index())
                .putInt(chunk.version())
                .putInt(dataSizeBytes)
                .putInt(FORMAT_VERSION)
                .putLong(MAGIC);
        out.putInt(BlockChecksums.ofWhole(out.duplicate().limit(out.position()).position(start)));
    }

    /**
     * Reads the trailer of a chunk of {@code dataSizeBytes}, which is all that remains in {@code in}. Null if the bytes are damaged;
     * whose chunk it is, is for the caller to check.
     */
    static @Nullable ChunkTrailer read(ByteBuffer in, int dataSizeBytes) {
        ByteBuffer bytes = in.duplicate();
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(bytes.limit() - Integer.BYTES));
        if ((int) crc.getValue() != bytes.getInt(bytes.limit() - Integer.BYTES)) {
            return null;
        }
        int[] checksums = new int[BlockChecksums.blockCount(dataSizeBytes)];
        for (int i = 0; i < checksums.length; i++) {
            checksums[i] = bytes.getInt();
        }
        int volume = bytes.getInt();
        long inode = bytes.getLong();
        long generation = bytes.getLong();
        int index = bytes.getInt();
        int version = bytes.getInt();
        boolean known = bytes.getInt() == dataSizeBytes
                && bytes.getInt() == FORMAT_VERSION
                && bytes.getLong() == MAGIC
                && volume > 0
                && index >= 0
                && version >= 0;
        if (!known) {
            return null;
        }
        FileVersion file = new FileVersion(new VolumeId(volume), inode, generation);
        return new ChunkTrailer(new ChunkId(file, index, version), dataSizeBytes, checksums);
    }

    /** Whether this is the trailer of the same chunk with the same content. */
    boolean isSameAs(ChunkTrailer other) {
        return chunk.equals(other.chunk)
                && dataSizeBytes == other.dataSizeBytes
                && Arrays.equals(blockChecksums, other.blockChecksums);
    }
}
