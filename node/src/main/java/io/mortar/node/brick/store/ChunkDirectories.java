package io.mortar.node.brick.store;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;

/**
 * The directories of a brick: {@code chunks/ab/cd/} for 65 536 values of {@code abcd}, a hash of the file version, and {@code tmp/}.
 * All chunk files of one file version are in one directory, so its deletion is one scan and its syncs group well.
 */
final class ChunkDirectories {
    static final String CHUNKS = ChunkStore.CHUNKS_DIRECTORY;
    static final String TEMPORARY = ChunkStore.TEMPORARY_DIRECTORY;
    static final int COUNT = 1 << 16;
    private static final int LOCK_COUNT = 256;

    private final Path chunks;
    private final Path temporary;
    private final AtomicLong temporaryNumber = new AtomicLong();
    /** Directories that were made, or found, since the start; guarded by the directory's lock. */
    private final boolean[] present = new boolean[COUNT];

    private final ReentrantLock[] locks = new ReentrantLock[LOCK_COUNT];

    ChunkDirectories(Path brick) {
        this.chunks = brick.resolve(CHUNKS);
        this.temporary = brick.resolve(TEMPORARY);
        for (int i = 0; i < LOCK_COUNT; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** The upper 16 bits of the CRC32C of volume, inode and generation, big-endian. */
    static int numberOf(FileVersion version) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES);
        bytes.putInt(version.volume().value()).putLong(version.inode()).putLong(version.generation());
        CRC32C crc = new CRC32C();
        crc.update(bytes.flip());
        return (int) (crc.getValue() >>> 16);
    }

    Path chunks() {
        return chunks;
    }

    Path upper(int number) {
        return chunks.resolve(hex(number >>> 8));
    }

    Path directory(int number) {
        return upper(number).resolve(hex(number & 0xff));
    }

    Path fileOf(ChunkId chunk) {
        return directory(numberOf(chunk.file())).resolve(chunk.toString());
    }

    Path temporary() {
        return temporary;
    }

    /** A name in {@code tmp/} that this process has not used before. */
    Path newTemporary() {
        return temporary.resolve(Long.toHexString(temporaryNumber.incrementAndGet()));
    }

    /**
     * Held while names in a directory are changed and what follows from them is counted: between a store's last look at the fences and
     * its rename no removal of the version may come. Guarded by {@code ChunkStoreDeleteTest}.
     */
    ReentrantLock lock(int number) {
        return locks[number % LOCK_COUNT];
    }

    /** Makes sure that a directory exists, under its lock; its parents' names are not durable before they are synced. */
    void create(Disk disk, int number) throws IOException {
        if (!present[number]) {
            disk.createDirectory(upper(number));
            disk.createDirectory(directory(number));
            present[number] = true;
        }
    }

    private static String hex(int number) {
        return (number < 16 ? "0" : "") + Integer.toHexString(number);
    }
}
