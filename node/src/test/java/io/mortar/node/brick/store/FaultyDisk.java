package io.mortar.node.brick.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A local disk whose k-th call fails, and all after it if the fault lasts: what a process sees whose disk goes away, or that is killed. */
public final class FaultyDisk implements Disk {
    private final Disk disk = new LocalDisk();
    private final AtomicInteger calls = new AtomicInteger();
    private final String text;
    private volatile int failFrom = Integer.MAX_VALUE;
    private volatile int failTo = Integer.MAX_VALUE;

    public FaultyDisk(String text) {
        this.text = text;
    }

    /** The {@code k}-th call from now on fails, counted from 1. */
    public void failOnce(int k) {
        failFrom = calls.get() + k;
        failTo = failFrom + 1;
    }

    /** All calls from the {@code k}-th on fail. */
    public void failFrom(int k) {
        failFrom = calls.get() + k;
        failTo = Integer.MAX_VALUE;
    }

    boolean hasFailed() {
        return calls.get() >= failFrom;
    }

    private void step() throws IOException {
        int call = calls.incrementAndGet();
        if (call >= failFrom && call < failTo) {
            throw new IOException(text);
        }
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        step();
        return new FaultyFile(disk.create(file));
    }

    @Override
    public Optional<DiskFile> open(Path file) throws IOException {
        step();
        return disk.open(file).map(FaultyFile::new);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step();
        disk.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        step();
        disk.delete(path);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        step();
        disk.createDirectory(directory);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        step();
        disk.syncDirectory(directory);
    }

    @Override
    public void forEach(Path directory, Consumer<String> action) throws IOException {
        step();
        disk.forEach(directory, action);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        step();
        return disk.exists(path);
    }

    @Override
    public long size(Path file) throws IOException {
        step();
        return disk.size(file);
    }

    @Override
    public Room room(Path directory) throws IOException {
        step();
        return disk.room(directory);
    }

    /** Half of a failing write happens. */
    private final class FaultyFile implements DiskFile {
        private final DiskFile file;

        FaultyFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            try {
                step();
            } catch (IOException e) {
                file.write(bytes.limit(bytes.limit() / 2));
                throw e;
            }
            file.write(bytes);
        }

        @Override
        public void sync() throws IOException {
            step();
            file.sync();
        }

        @Override
        public long size() throws IOException {
            step();
            return file.size();
        }

        @Override
        public boolean read(ByteBuffer bytes, long position) throws IOException {
            step();
            return file.read(bytes, position);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
