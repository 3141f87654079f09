package io.mortar.node.brick.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What may still be stored before the watermark. Between two looks at the file system, stored bytes are only subtracted; bytes that are
 * being written count twice for a moment, so the answer errs towards "full". Safe for use by several threads.
 */
final class FreeSpace {
    private final Disk disk;
    private final Path directory;
    private final StoreSettings settings;
    private final AtomicLong leftBytes = new AtomicLong();
    private final AtomicLong reservedBytes = new AtomicLong();
    private volatile long untouchableBytes;

    FreeSpace(Disk disk, Path directory, StoreSettings settings) throws IOException {
        this.disk = disk;
        this.directory = directory;
        this.settings = settings;
        look();
    }

    /** Takes {@code bytes} if they fit; then {@link #release} must follow when they are written or given up. */
    boolean reserve(long bytes) throws IOException {
        if (!take(bytes)) {
            look();
            if (!take(bytes)) {
                return false;
            }
        }
        reservedBytes.addAndGet(bytes);
        return true;
    }

    void release(long bytes) {
        reservedBytes.addAndGet(-bytes);
    }

    /** Asks the file system and returns the bytes left. */
    long look() throws IOException {
        Disk.Room room = disk.room(directory);
        untouchableBytes = settings.untouchableBytes(room.totalBytes());
        long left = Math.max(0, settings.freeBytes(room) - reservedBytes.get());
        leftBytes.set(left);
        return left;
    }

    /** Bytes of the file system that chunks never use, as of the last look. */
    long untouchableBytes() {
        return untouchableBytes;
    }

    private boolean take(long bytes) {
        return leftBytes.getAndUpdate(left -> left >= bytes ? left - bytes : left) >= bytes;
    }
}
