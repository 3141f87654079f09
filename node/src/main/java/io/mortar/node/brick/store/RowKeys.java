package io.mortar.node.brick.store;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.volume.VolumeId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Keys of a brick's rows, as {@code docs/formats/brick.md} lists them; all numbers big-endian, so that rows of a version are adjacent. */
final class RowKeys {
    static final byte CHUNK = 'c';
    static final byte FENCE = 't';
    /** Bytes used by all rows under {@link #CHUNK}, rewritten with every change of them. */
    static final byte[] ROWS_USED = {'u'};
    /** Bytes used by all chunk files; there only while the store is closed after an orderly stop. */
    static final byte[] FILES_USED = {'f'};

    private static final int VERSION_SIZE_BYTES = Integer.BYTES + 2 * Long.BYTES;

    private RowKeys() {}

    static byte[] chunk(ChunkId chunk) {
        return version(CHUNK, chunk.file(), 2 * Integer.BYTES)
                .putInt(chunk.index())
                .putInt(chunk.version())
                .array();
    }

    static byte[] fence(FileVersion version) {
        return version(FENCE, version, 0).array();
    }

    /** First key of a version's chunks. */
    static byte[] chunksFrom(FileVersion version) {
        return version(CHUNK, version, 0).array();
    }

    /** A key behind all chunks of a version: indexes are not negative. */
    static byte[] chunksTo(FileVersion version) {
        return version(CHUNK, version, Integer.BYTES).putInt(-1).array();
    }

    /** The first key behind {@code chunkKey}. */
    static byte[] after(byte[] chunkKey) {
        return Arrays.copyOf(chunkKey, chunkKey.length + 1);
    }

    /** The index in the key of a chunk. */
    static int indexOf(byte[] chunkKey) {
        return ByteBuffer.wrap(chunkKey).getInt(1 + VERSION_SIZE_BYTES);
    }

    /** First key of the chunks of a volume, and behind those of the one before. */
    static byte[] chunksOfVolume(int volume) {
        return ByteBuffer.allocate(1 + Integer.BYTES).put(CHUNK).putInt(volume).array();
    }

    /** The version in the key of a chunk. */
    static FileVersion versionOf(byte[] chunkKey) {
        ByteBuffer key = ByteBuffer.wrap(chunkKey).position(1);
        return new FileVersion(new VolumeId(key.getInt()), key.getLong(), key.getLong());
    }

    static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    static long number(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    private static ByteBuffer version(byte kind, FileVersion version, int moreBytes) {
        return ByteBuffer.allocate(1 + VERSION_SIZE_BYTES + moreBytes)
                .put(kind)
                .putInt(version.volume().value())
                .putLong(version.inode())
                .putLong(version.generation());
    }
}
