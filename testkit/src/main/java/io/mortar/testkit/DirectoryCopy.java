package io.mortar.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/**
 * A copy of a directory whose stores may be open, as a crash at that moment would leave it. LevelDB merges tables in
 * the background also when nobody writes, so a copy counts only if no file came, went or changed its size meanwhile.
 */
public final class DirectoryCopy {
    private static final int ATTEMPTS = 1000;

    private DirectoryCopy() {}

    /**
     * Copies all below {@code from} but {@code LOCK} files and unpacked native libraries into {@code to}, which must
     * not exist or be a directory without those files, and returns {@code to}.
     */
    public static Path of(Path from, Path to) {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Map<Path, Long> before = sizes(from);
                boolean whole = copy(from, to, before);
                if (whole && sizes(from).equals(before)) {
                    return to;
                }
                for (Path file : before.keySet()) {
                    Files.deleteIfExists(to.resolve(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(from + " never stood still");
    }

    /** Relative names, and lengths in bytes. */
    private static Map<Path, Long> sizes(Path from) throws IOException {
        Map<Path, Long> sizes = new TreeMap<>();
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (!name.equals("LOCK") && !name.endsWith(".so")) {
                    sizes.put(from.relativize(file), attributes.size());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException && !file.equals(from)) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return sizes;
    }

    private static boolean copy(Path from, Path to, Map<Path, Long> files) throws IOException {
        Files.createDirectories(to);
        for (Path file : files.keySet()) {
            Path target = to.resolve(file);
            Files.createDirectories(target.getParent());
            try {
                Files.copy(from.resolve(file), target);
            } catch (NoSuchFileException e) {
                return false;
            }
        }
        return true;
    }
}
