package io.mortar.node.simulation;

import io.mortar.core.path.VolumePath;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A file tree, immutable: contents by path, {@link #DIRECTORY} for directories. The root is always there. */
record Tree(Map<VolumePath, String> nodes) {
    static final String DIRECTORY = "directory";
    static final Tree EMPTY = new Tree(Map.of());

    @Nullable
    String at(VolumePath path) {
        return path.isRoot() ? DIRECTORY : nodes.get(path);
    }

    boolean isDirectory(VolumePath path) {
        return DIRECTORY.equals(at(path));
    }

    /** Whether the path leads through a file. */
    boolean isBlocked(VolumePath path) {
        for (VolumePath above = path; !above.isRoot(); ) {
            above = above.parent();
            if (at(above) != null && !isDirectory(above)) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty(VolumePath directory) {
        return nodes.keySet().stream().noneMatch(path -> isIn(path, directory));
    }

    /** Names in {@code directory} in order, directories with a slash. */
    String names(VolumePath directory) {
        return nodes.keySet().stream()
                .filter(path -> path.parent().equals(directory))
                .map(path -> path.name() + (isDirectory(path) ? "/" : ""))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** With {@code what} at {@code path}, and all directories above it. */
    Tree with(VolumePath path, String what) {
        Map<VolumePath, String> changed = new TreeMap<>(java.util.Comparator.comparing(VolumePath::toString));
        changed.putAll(nodes);
        changed.put(path, what);
        for (VolumePath above = path.parent(); !above.isRoot(); above = above.parent()) {
            changed.put(above, DIRECTORY);
        }
        return new Tree(changed);
    }

    /** Without {@code path} and all below it. */
    Tree without(VolumePath path) {
        Map<VolumePath, String> changed = new TreeMap<>(java.util.Comparator.comparing(VolumePath::toString));
        nodes.forEach((each, what) -> {
            if (!each.isWithin(path)) {
                changed.put(each, what);
            }
        });
        return new Tree(changed);
    }

    /** With {@code from} and all below it at {@code to}, whose directory exists. */
    Tree moved(VolumePath from, VolumePath to) {
        Tree result = without(from).without(to);
        for (Map.Entry<VolumePath, String> each : nodes.entrySet()) {
            if (each.getKey().isWithin(from)) {
                VolumePath place = to;
                for (String name : each.getKey()
                        .names()
                        .subList(from.names().size(), each.getKey().names().size())) {
                    place = place.child(name);
                }
                result = result.with(place, each.getValue());
            }
        }
        return result;
    }

    private static boolean isIn(VolumePath path, VolumePath directory) {
        return path.isWithin(directory) && !path.equals(directory);
    }

    @Override
    public String toString() {
        return nodes.toString();
    }
}
