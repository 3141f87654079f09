package io.mortar.node.brick;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mounts of this process, read anew every time from {@code /proc/self/mountinfo} or a file of its form (proc(5)). */
final class MountTable {
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private final Path file;

    MountTable(Path file) {
        this.file = file;
    }

    static MountTable ofThisProcess() {
        return new MountTable(Path.of("/proc/self/mountinfo"));
    }

    /** @param device tells file systems apart: major and minor number */
    record Mount(String device, String mountPoint, String fileSystem) {}

    /** The mount that {@code path}, a real path, is on: the last one of the longest mount point above it. */
    Mount mountOf(Path path) throws IOException {
        Mount found = new Mount("0:0", "/", "unknown");
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        for (String line : lines) {
            String[] fields = line.split(" ");
            int separator = List.of(fields).indexOf("-");
            if (fields.length < 5 || separator < 0 || separator + 1 >= fields.length) {
                continue;
            }
            String mountPoint = unescaped(fields[4]);
            if (path.startsWith(mountPoint)
                    && mountPoint.length() >= found.mountPoint().length()) {
                found = new Mount(fields[2], mountPoint, fields[separator + 1]);
            }
        }
        return found;
    }

    private static String unescaped(String field) {
        Matcher matcher = OCTAL.matcher(field);
        String raw = matcher.replaceAll(
                m -> Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(m.group(1), 8))));
        return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
