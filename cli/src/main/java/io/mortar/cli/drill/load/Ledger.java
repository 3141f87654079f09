package io.mortar.cli.drill.load;

import io.mortar.cli.drill.load.Operation.Delete;
import io.mortar.cli.drill.load.Operation.Move;
import io.mortar.cli.drill.load.Operation.Names;
import io.mortar.cli.drill.load.Operation.Put;
import io.mortar.cli.drill.load.Operation.Range;
import io.mortar.cli.drill.load.Operation.Read;
import io.mortar.cli.drill.load.Reply.Absurd;
import io.mortar.cli.drill.load.Reply.Found;
import io.mortar.cli.drill.load.Reply.Listed;
import io.mortar.cli.drill.load.Reply.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one client has been promised about its files, which nobody else touches, and whether an answer keeps it. The client makes one
 * operation at a time and repeats it until it is answered, so every file is there with one content or is not there.
 *
 * <p>An attempt without an answer may still be carried out later. Repeating the operation covers that until the name is changed once more:
 * such names are {@link #isSettled settled}, for good, and are only read from then on.
 */
final class Ledger {
    private final Map<String, SeededContent> files = new TreeMap<>();
    private final Set<String> settled = new TreeSet<>();
    private final Set<String> doubtful = new TreeSet<>();

    /** Files that are there, with their contents, by path. */
    Map<String, SeededContent> files() {
        return files;
    }

    /** Whether the name must not be changed any more: a lost attempt may still change it, to what it is already. */
    boolean isSettled(String path) {
        return settled.contains(path);
    }

    int settledCount() {
        return settled.size();
    }

    /**
     * Takes an answer to {@code operation} into account.
     *
     * @param lost whether an earlier attempt of this operation was left without an answer
     * @return what is wrong with the answer; none if it is right. What was found wrong is not reported again
     */
    List<Finding> answered(Operation operation, Reply reply, boolean lost) {
        if (reply instanceof Absurd absurd) {
            forget(operation);
            return List.of(new Finding(Finding.Kind.WRONG, pathOf(operation), absurd.text()));
        }
        if (lost) {
            settled.addAll(changedNames(operation));
        }
        boolean missing = reply instanceof Missing;
        if (operation instanceof Put put) {
            files.put(put.path(), put.content());
            return missing ? wrong(put.path(), "a write was answered as if something was missing") : List.of();
        }
        if (operation instanceof Delete delete) {
            files.remove(delete.path());
            return missing && !lost ? lost(delete.path(), "there was nothing to delete") : List.of();
        }
        if (operation instanceof Move move) {
            SeededContent content = files.remove(move.from());
            if (missing && !lost) {
                return lost(move.from(), "there was nothing to move");
            }
            if (content != null) {
                files.put(move.to(), content);
            }
            return List.of();
        }
        if (operation instanceof Names names) {
            return reply instanceof Listed listed
                    ? listed(names.directory(), listed.sizes())
                    : listed(names.directory(), Map.of());
        }
        if (operation instanceof Read read) {
            return read(read.path(), 0, Integer.MAX_VALUE, reply);
        }
        if (operation instanceof Range range) {
            return read(range.path(), range.from(), range.count(), reply);
        }
        throw new AssertionError("unhandled " + operation);
    }

    /** The operation was given up: what it would have changed is not known any more, and not judged. */
    void forget(Operation operation) {
        for (String path : changedNames(operation)) {
            files.remove(path);
            settled.add(path);
            doubtful.add(path);
        }
    }

    private List<Finding> read(String path, int from, int count, Reply reply) {
        SeededContent expected = files.get(path);
        if (expected == null) {
            return reply instanceof Found && !doubtful.contains(path)
                    ? wrong(path, "it was deleted or moved away, and can be read")
                    : List.of();
        }
        if (!(reply instanceof Found found)) {
            drop(path);
            return lost(path, "it cannot be found");
        }
        int expectedBytes = Math.min(count, expected.sizeBytes() - from);
        int difference = expected.firstDifference(from, found.bytes());
        if (found.bytes().length == expectedBytes && difference < 0) {
            return List.of();
        }
        drop(path);
        return wrong(
                path,
                found.bytes().length != expectedBytes
                        ? found.bytes().length + " bytes came instead of " + expectedBytes
                        : "byte " + difference + " is not what was written");
    }

    private List<Finding> listed(String directory, Map<String, Long> sizes) {
        List<Finding> findings = new ArrayList<>();
        String prefix = directory + "/";
        for (Map.Entry<String, SeededContent> file : List.copyOf(files.entrySet())) {
            if (file.getKey().startsWith(prefix)) {
                Long size = sizes.get(file.getKey().substring(prefix.length()));
                if (size == null) {
                    drop(file.getKey());
                    findings.addAll(lost(file.getKey(), "it is not listed"));
                } else if (size != file.getValue().sizeBytes()) {
                    drop(file.getKey());
                    findings.addAll(wrong(
                            file.getKey(),
                            "it is listed with " + size + " bytes instead of "
                                    + file.getValue().sizeBytes()));
                }
            }
        }
        for (String name : sizes.keySet()) {
            String path = prefix + name;
            if (!files.containsKey(path) && doubtful.add(path)) {
                findings.addAll(wrong(path, "it was deleted or moved away, and is listed"));
            }
        }
        return findings;
    }

    /** Not judged any more: one thing that is wrong is reported once. */
    private void drop(String path) {
        files.remove(path);
        settled.add(path);
        doubtful.add(path);
    }

    private static List<Finding> lost(String path, String text) {
        return List.of(new Finding(Finding.Kind.LOST, path, text));
    }

    private static List<Finding> wrong(String path, String text) {
        return List.of(new Finding(Finding.Kind.WRONG, path, text));
    }

    private static String pathOf(Operation operation) {
        if (operation instanceof Read read) {
            return read.path();
        }
        if (operation instanceof Range range) {
            return range.path();
        }
        return operation instanceof Names names
                ? names.directory()
                : changedNames(operation).get(0);
    }

    private static List<String> changedNames(Operation operation) {
        if (operation instanceof Put put) {
            return List.of(put.path());
        }
        if (operation instanceof Delete delete) {
            return List.of(delete.path());
        }
        return operation instanceof Move move ? List.of(move.from(), move.to()) : List.of();
    }
}
