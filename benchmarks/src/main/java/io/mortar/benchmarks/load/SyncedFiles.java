package io.mortar.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes files through a file system, each with an fsync before the next, until it is closed; it notes when each was done. */
public final class SyncedFiles implements AutoCloseable {
    private final Path directory;
    private final byte[] content;
    private final List<Long> written = new ArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<?> writing;
    private volatile boolean closed;

    private SyncedFiles(Path directory, byte[] content) {
        this.directory = directory;
        this.content = content;
        this.writing = thread.submit(() -> {
            writeOn();
            return null;
        });
    }

    /** Files {@code f0}, {@code f1} and so on. */
    public static SyncedFiles startSteady(Path directory, byte[] content) {
        return new SyncedFiles(directory, content);
    }

    /** Files per second of {@code writers} that write {@code files} together. */
    public static double perSecond(Path directory, int writers, int files, byte[] content)
            throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<?>> running = new ArrayList<>();
            long begin = System.nanoTime();
            for (int writer = 0; writer < writers; writer++) {
                running.add(threads.submit(() -> {
                    for (int i = next.getAndIncrement(); i < files; i = next.getAndIncrement()) {
                        write(directory.resolve("f" + i), content);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                await(one);
            }
            return files / ((System.nanoTime() - begin) / 1e9);
        } finally {
            threads.shutdownNow();
        }
    }

    private void writeOn() throws IOException {
        for (int i = 0; !closed; i++) {
            write(directory.resolve("f" + i), content);
            synchronized (written) {
                written.add(System.nanoTime());
            }
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void await(Future<?> writing) throws IOException, InterruptedException {
        try {
            writing.get();
        } catch (ExecutionException e) {
            throw new IOException("writing failed", e.getCause());
        }
    }

    /** Longest time without a file between two instants of {@link System#nanoTime}, in seconds. */
    public double longestGapSeconds(long from, long to) {
        synchronized (written) {
            return Gaps.longestSeconds(written, from, to);
        }
    }

    /** Ends after the file that is being written; throws if a write failed. */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            await(writing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            thread.shutdownNow();
        }
    }
}
