package io.mortar.core.path;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Path of a file or directory inside a volume; no segments for the volume's root. Names are compared byte by byte in UTF-8, without
 * Unicode normalisation.
 *
 * @param names from the root down; each 1 to 255 bytes, at most 256 of them, 4096 bytes in all
 */
public record VolumePath(List<String> names) {
    public static final int NAME_BYTES_MAX = 255;
    public static final int PATH_BYTES_MAX = 4096;
    public static final int DEPTH_MAX = 256;
    public static final VolumePath ROOT = new VolumePath(List.of());

    public VolumePath {
        names = List.copyOf(names);
        if (names.size() > DEPTH_MAX) {
            throw new IllegalArgumentException("path has " + names.size() + " levels, more than " + DEPTH_MAX);
        }
        int pathBytes = 0;
        for (String name : names) {
            pathBytes += checkName(name) + 1;
        }
        if (pathBytes > PATH_BYTES_MAX) {
            throw new IllegalArgumentException("path has " + pathBytes + " bytes, more than " + PATH_BYTES_MAX);
        }
    }

    /**
     * Parses {@code a/b/c}, with or without a leading slash; one trailing slash is allowed. Throws
     * {@link IllegalArgumentException} with a text for the user on {@code .}, {@code ..}, NUL and empty segments.
     */
    public static VolumePath parse(String text) {
        String trimmed = text.startsWith("/") ? text.substring(1) : text;
        if (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        if (trimmed.isEmpty()) {
            return ROOT;
        }
        return new VolumePath(List.of(trimmed.split("/", -1)));
    }

    public boolean isRoot() {
        return names.isEmpty();
    }

    /** Last name; the root has none and throws {@link IllegalStateException}. */
    public String name() {
        if (isRoot()) {
            throw new IllegalStateException("the root has no name");
        }
        return names.get(names.size() - 1);
    }

    /** Directory that holds this path; the root has none and throws {@link IllegalStateException}. */
    public VolumePath parent() {
        if (isRoot()) {
            throw new IllegalStateException("the root has no parent");
        }
        return new VolumePath(names.subList(0, names.size() - 1));
    }

    /** This path with {@code name} below it. */
    public VolumePath child(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return new VolumePath(longer);
    }

    /** Whether this path is {@code ancestor} or lies below it. */
    public boolean isWithin(VolumePath ancestor) {
        return names.size() >= ancestor.names.size()
                && names.subList(0, ancestor.names.size()).equals(ancestor.names);
    }

    /** With a leading slash; {@code /} for the root. */
    @Override
    public String toString() {
        return names.stream().collect(Collectors.joining("/", "/", ""));
    }

    private static int checkName(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("path has an empty segment");
        }
        if (name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("path has a segment '" + name + "'");
        }
        if (name.indexOf('\0') >= 0 || name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("path has a segment with a NUL or a slash");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException("path is not valid Unicode");
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > NAME_BYTES_MAX) {
            throw new IllegalArgumentException("path has a name of " + bytes + " bytes, more than " + NAME_BYTES_MAX);
        }
        return bytes;
    }
}
