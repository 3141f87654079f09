package io.mortar.core.registry;

import java.util.Arrays;
import java.util.List;

/** Whether two directories on one node get into each other's way. */
final class BrickPaths {
    private static final List<String> MISLEADING = List.of("", ".", "..");

    private BrickPaths() {}

    /** Whether the path means one place only by its text: no empty segment, no {@code .} or {@code ..}, no NUL. */
    static boolean isPlain(String directory) {
        return directory.indexOf('\0') < 0
                && Arrays.stream(directory.substring(1).split("/", -1)).noneMatch(MISLEADING::contains);
    }

    /** Whether they are the same or one lies inside the other. Both are plain. */
    static boolean overlap(String a, String b) {
        return a.equals(b) || a.startsWith(b + "/") || b.startsWith(a + "/");
    }
}
