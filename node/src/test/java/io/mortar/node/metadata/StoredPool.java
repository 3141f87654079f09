package io.mortar.node.metadata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The data directory of a pool's founder as release 0.1.0 left it, which replicated nothing: volume {@code films} with the directories
 * {@code a} and {@code a/b} and two files; volume {@code books} with {@code drama} and, in the journal only, {@code poems}; and what is
 * left of a volume that was deleted.
 */
public final class StoredPool {
    private StoredPool() {}

    /** Copies it to {@code target}. */
    public static void copyTo(Path target) throws IOException {
        Path source = source();
        try (Stream<Path> files = Files.walk(source)) {
            List<Path> outerFirst = files.toList();
            for (Path file : outerFirst) {
                Path copy = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    private static Path source() {
        try {
            return Path.of(Objects.requireNonNull(StoredPool.class.getResource("/stored/0.1.0-local"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
