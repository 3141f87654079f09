package io.mortar.benchmarks.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows as a log does: by blocks of 4 KiB, each of which is synced. It is deleted when it is closed. */
public final class SyncedFile implements AutoCloseable {
    private static final int BLOCK_BYTES = 4096;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer block;

    private SyncedFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.block = ByteBuffer.wrap(SeededFile.bytes(0, BLOCK_BYTES));
    }

    public static SyncedFile create(Path file) throws IOException {
        return new SyncedFile(file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** Writes and syncs a block; returns how many nanoseconds that took. */
    public long append() throws IOException {
        block.rewind();
        long begin = System.nanoTime();
        while (block.hasRemaining()) {
            channel.write(block);
        }
        channel.force(true);
        return System.nanoTime() - begin;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
