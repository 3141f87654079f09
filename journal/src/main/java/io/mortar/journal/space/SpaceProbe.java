package io.mortar.journal.space;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room a file system has. */
@FunctionalInterface
public interface SpaceProbe {
    /** Bytes that this process may still write. */
    long usableBytes() throws IOException;

    /** The probe of the file system that holds {@code directory}, which must exist. */
    static SpaceProbe of(Path directory) throws IOException {
        FileStore store = Files.getFileStore(directory);
        return store::getUsableSpace;
    }
}
