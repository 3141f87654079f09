package io.mortar.node.brick;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Which paths may become bricks; looks at paths alone, which must be real ones. */
final class DirectoryRules {
    /** Nothing of Mortar's belongs in or below these. */
    private static final List<Path> SYSTEM_TREES = paths(
            "/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/proc", "/run", "/sbin", "/sys",
            "/usr");
    /** Other things live in these, though bricks may be below. */
    private static final Set<Path> SHARED_DIRECTORIES = Set.copyOf(
            paths("/", "/home", "/media", "/mnt", "/opt", "/root", "/srv", "/tmp", "/var", "/var/lib", "/var/tmp"));

    private final List<Path> allowedUnder;
    private final Path dataDirectory;

    DirectoryRules(List<Path> allowedUnder, Path dataDirectory) {
        this.allowedUnder = allowedUnder;
        this.dataDirectory = dataDirectory;
    }

    /** Throws {@link RefusedException} if {@code directory} must not become a brick beside {@code others}. */
    void check(Path directory, List<Path> others) {
        if (allowedUnder.stream().noneMatch(allowed -> directory.startsWith(allowed) && !directory.equals(allowed))) {
            throw notAllowed(
                    directory,
                    "bricks are allowed below " + allowedUnder
                            + " only; choose a directory there, or change bricks-allowed-under on this node");
        }
        for (Path system : SYSTEM_TREES) {
            if (directory.startsWith(system)) {
                throw notAllowed(directory, system + " belongs to the operating system; choose a directory of its own");
            }
        }
        if (SHARED_DIRECTORIES.contains(directory)) {
            throw notAllowed(
                    directory,
                    "other things live there; choose a directory below it, such as " + directory.resolve("brick"));
        }
        if (areNested(directory, dataDirectory)) {
            throw notAllowed(
                    directory,
                    "it is in, or holds, this node's data directory " + dataDirectory + "; choose another one");
        }
        for (Path other : others) {
            if (areNested(directory, other)) {
                throw new RefusedException(
                        RefusalCode.BRICK_IN_USE,
                        "directory " + directory + " cannot be a brick: it is, is in, or holds the brick " + other
                                + "; choose another directory");
            }
        }
    }

    private static boolean areNested(Path one, Path other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    private static RefusedException notAllowed(Path directory, String why) {
        return new RefusedException(
                RefusalCode.BRICK_NOT_ALLOWED, "directory " + directory + " cannot be a brick: " + why);
    }

    private static List<Path> paths(String... paths) {
        return List.of(paths).stream().map(Path::of).toList();
    }
}
