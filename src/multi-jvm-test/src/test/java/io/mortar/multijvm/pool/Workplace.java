package io.mortar.multijvm.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories of this module's build output: on a disk, as nodes are in earnest, and removed by {@code mvn clean}. */
public final class Workplace {
    private static final Path TARGET = Path.of(System.getProperty("mortar.root"), "src/multi-jvm-test/target");

    private Workplace() {}

    /** A new, empty directory for a test. */
    public static Path newDirectory(String name) throws IOException {
        Path parent = Files.createDirectories(TARGET.resolve("run"));
        return Files.createTempDirectory(parent, name);
    }

    /** Where tests leave what they measured. */
    public static Path results(String name) {
        return TARGET.resolve(name);
    }

    /** Where logs of failed tests go. */
    static Path failures() {
        return TARGET.resolve("multi-jvm");
    }
}
