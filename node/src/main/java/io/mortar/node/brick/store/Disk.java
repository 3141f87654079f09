package io.mortar.node.brick.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The calls to the file system that a brick makes, each of which may fail: tests make every k-th one fail, count syncs, or lose what
 * was not synced. Nothing is on stable storage before the matching sync. Safe for use by several threads.
 */
public interface Disk {
    /** Creates a file that must not exist, for writing. */
    DiskFile create(Path file) throws IOException;

    /** Opens a file for reading; empty if there is none. */
    Optional<DiskFile> open(Path file) throws IOException;

    /** Gives a file its final name in one step, in place of what had that name. */
    void rename(Path from, Path to) throws IOException;

    /** Removes a file or an empty directory; one that is not there is fine. */
    void delete(Path path) throws IOException;

    /** Makes a directory in an existing one; one that is there is fine. */
    void createDirectory(Path directory) throws IOException;

    /** Makes the names in {@code directory} durable. */
    void syncDirectory(Path directory) throws IOException;

    /** Gives the names in {@code directory} to {@code action}, one at a time; none if there is no such directory. */
    void forEach(Path directory, Consumer<String> action) throws IOException;

    /** The names in {@code directory}; none if there is no such directory. */
    default List<String> list(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        forEach(directory, names::add);
        return names;
    }

    boolean exists(Path path) throws IOException;

    /** Length of a file in bytes; 0 if there is none. */
    long size(Path file) throws IOException;

    /** Room of the file system that holds {@code directory}. */
    Room room(Path directory) throws IOException;

    /** @param usableBytes what this process may still write */
    record Room(long totalBytes, long usableBytes) {}
}
