package io.mortar.node.brick.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A local disk that can lose its power: then every name that was given and not synced is gone, every name that was removed and not
 * synced is back, and files that were not synced are torn.
 */
final class LossyDisk implements Disk {
    final AtomicInteger directorySyncs = new AtomicInteger();
    private final Disk disk = new LocalDisk();
    private final Path trash;
    private final Set<Path> unsyncedNames = new HashSet<>();
    private final Set<Path> unsyncedFiles = new HashSet<>();
    private final Map<Path, Path> unsyncedRemovals = new LinkedHashMap<>();
    private int removed;
    private int callsLeft = Integer.MAX_VALUE;

    LossyDisk(Path trash) throws IOException {
        this.trash = Files.createDirectories(trash);
    }

    /** Only {@code calls} more calls that change something succeed. */
    synchronized void cutPowerAfter(int calls) {
        callsLeft = calls;
    }

    /** Makes the directories what they are when power is back. */
    synchronized void losePower() throws IOException {
        for (Path file : unsyncedFiles) {
            if (Files.exists(file)) {
                Files.write(file, new byte[100]);
            }
        }
        for (Path name : unsyncedNames) {
            deleteTree(name);
        }
        for (Map.Entry<Path, Path> removal : unsyncedRemovals.entrySet()) {
            if (Files.isDirectory(removal.getKey().resolveSibling("."))) {
                Files.move(removal.getValue(), removal.getKey());
            }
        }
    }

    private synchronized void step() throws IOException {
        if (callsLeft-- <= 0) {
            callsLeft = 0;
            throw new IOException("the power is off");
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (var walk = Files.walk(root)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Override
    public synchronized DiskFile create(Path file) throws IOException {
        step();
        DiskFile created = disk.create(file);
        unsyncedNames.add(file);
        unsyncedFiles.add(file);
        return new LossyFile(file, created);
    }

    @Override
    public Optional<DiskFile> open(Path file) throws IOException {
        return disk.open(file);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        step();
        disk.rename(from, to);
        unsyncedNames.remove(from);
        unsyncedNames.add(to);
        if (unsyncedFiles.remove(from)) {
            unsyncedFiles.add(to);
        }
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        step();
        if (unsyncedNames.remove(path) || Files.isDirectory(path)) {
            disk.delete(path);
        } else if (Files.exists(path)) {
            Path kept = trash.resolve(Integer.toString(removed++));
            Files.move(path, kept);
            unsyncedRemovals.put(path, kept);
        }
    }

    @Override
    public synchronized void createDirectory(Path directory) throws IOException {
        step();
        boolean isNew = !Files.exists(directory);
        disk.createDirectory(directory);
        if (isNew) {
            unsyncedNames.add(directory);
        }
    }

    @Override
    public synchronized void syncDirectory(Path directory) throws IOException {
        step();
        directorySyncs.incrementAndGet();
        disk.syncDirectory(directory);
        unsyncedNames.removeIf(name -> directory.equals(name.getParent()));
        unsyncedRemovals.keySet().removeIf(name -> directory.equals(name.getParent()));
    }

    @Override
    public void forEach(Path directory, Consumer<String> action) throws IOException {
        disk.forEach(directory, action);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return disk.exists(path);
    }

    @Override
    public long size(Path file) throws IOException {
        return disk.size(file);
    }

    @Override
    public Room room(Path directory) throws IOException {
        return disk.room(directory);
    }

    private final class LossyFile implements DiskFile {
        private final Path path;
        private final DiskFile file;

        LossyFile(Path path, DiskFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            step();
            file.write(bytes);
        }

        @Override
        public void sync() throws IOException {
            step();
            file.sync();
            synchronized (LossyDisk.this) {
                unsyncedFiles.remove(path);
            }
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public boolean read(ByteBuffer bytes, long position) throws IOException {
            return file.read(bytes, position);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
