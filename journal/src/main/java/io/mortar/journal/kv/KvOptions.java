package io.mortar.journal.kv;

import io.mortar.journal.space.DiskSpace;

/**
 * How a store is opened. Each store costs up to twice {@code writeBufferBytes} plus {@code cacheBytes} of memory outside the heap.
 *
 * @param engine which LevelDB
 * @param writeBufferBytes rows held in memory before they become a file: larger means fewer files to merge and a slower start
 * @param cacheBytes uncompressed blocks kept for reads
 * @param openFilesMax files of about 2 MiB kept open: larger means fewer opens in large stores
 * @param space the guard that refuses writes before the disk is full
 */
public record KvOptions(KvEngine engine, int writeBufferBytes, long cacheBytes, int openFilesMax, DiskSpace space) {
    public KvOptions {
        if (writeBufferBytes < 64 * 1024 || cacheBytes < 0 || openFilesMax < 32) {
            throw new IllegalArgumentException(
                    "a store needs a write buffer of at least 64 KiB, a cache of at least 0 and at least 32 open files, but got "
                            + writeBufferBytes + ", " + cacheBytes + " and " + openFilesMax);
        }
    }

    /** 4 MiB write buffer, 8 MiB cache, 200 open files. */
    public static KvOptions of(DiskSpace space) {
        return new KvOptions(KvEngine.AUTO, 4 << 20, 8L << 20, 200, space);
    }

    public KvOptions withEngine(KvEngine other) {
        return new KvOptions(other, writeBufferBytes, cacheBytes, openFilesMax, space);
    }

    public KvOptions withMemory(int otherWriteBufferBytes, long otherCacheBytes) {
        return new KvOptions(engine, otherWriteBufferBytes, otherCacheBytes, openFilesMax, space);
    }
}
