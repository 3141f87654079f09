package io.mortar.multijvm.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Directory trees. */
public final class Directories {
    private Directories() {}

    /** Removes {@code root} and all below it. */
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> tree = Files.walk(root)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    /** Regular files below {@code root} whose name passes; none if there is no such directory. Files that vanish meanwhile are left out. */
    public static List<Path> filesIn(Path root, Predicate<String> name) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.find(
                root,
                Integer.MAX_VALUE,
                (path, attributes) -> attributes.isRegularFile()
                        && name.test(path.getFileName().toString()))) {
            return tree.toList();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return filesIn(root, name);
            }
            throw e;
        }
    }
}
