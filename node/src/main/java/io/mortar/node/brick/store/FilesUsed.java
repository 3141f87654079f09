package io.mortar.node.brick.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes that the chunk files of a brick take, each rounded up to 4 KiB. Handed from one orderly stop to the next start; after any other
 * end it is counted anew, directory by directory, while the brick works: changes in a directory that was not counted yet are left to
 * the count.
 */
final class FilesUsed {
    private static final long FILE_SYSTEM_BLOCK_BYTES = 4096;

    /** Not counted, and its files changed since the start. */
    private static final byte CHANGED = 1;

    private static final byte COUNTED = 2;

    private final Disk disk;
    private final ChunkDirectories directories;
    private final AtomicLong bytes = new AtomicLong();
    /** One state per directory, 0 for those neither changed nor counted; guarded by the directory's lock. */
    private final byte[] states = new byte[ChunkDirectories.COUNT];

    private volatile boolean exact;
    private volatile boolean stopped;

    FilesUsed(Disk disk, ChunkDirectories directories, Optional<Long> known) {
        this.disk = disk;
        this.directories = directories;
        this.exact = known.isPresent();
        bytes.set(known.orElse(0L));
    }

    static long onDisk(long fileSizeBytes) {
        return (fileSizeBytes + FILE_SYSTEM_BLOCK_BYTES - 1) / FILE_SYSTEM_BLOCK_BYTES * FILE_SYSTEM_BLOCK_BYTES;
    }

    long bytes() {
        return bytes.get();
    }

    /** Makes {@link #count} return early, and the next start count again. */
    void stopCounting() {
        stopped = true;
    }

    /** Whether every file is counted. */
    boolean isExact() {
        return exact;
    }

    /** A file appeared (or, negative, went); the caller holds the directory's lock. */
    void add(int directory, long changeBytes) {
        if (exact || states[directory] == COUNTED) {
            bytes.addAndGet(changeBytes);
        } else {
            states[directory] = CHANGED;
        }
    }

    /** Counts all directories; the brick may be in use. */
    void count() throws IOException {
        for (int upper = 0; upper < ChunkDirectories.COUNT && !stopped; upper += 256) {
            Set<String> present = Set.copyOf(disk.list(directories.upper(upper)));
            for (int directory = upper; directory < upper + 256; directory++) {
                Path path = directories.directory(directory);
                boolean wasPresent = present.contains(String.valueOf(path.getFileName()));
                ReentrantLock lock = directories.lock(directory);
                lock.lock();
                try {
                    if (wasPresent || states[directory] == CHANGED) {
                        count(path);
                    }
                    states[directory] = COUNTED;
                } finally {
                    lock.unlock();
                }
            }
        }
        exact = !stopped;
    }

    private void count(Path directory) throws IOException {
        for (String name : disk.list(directory)) {
            bytes.addAndGet(onDisk(disk.size(directory.resolve(name))));
        }
    }
}
