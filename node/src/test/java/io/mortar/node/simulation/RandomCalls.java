package io.mortar.node.simulation;

import io.mortar.core.namespace.ETag;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.path.VolumePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Calls about few names, so that clients get into each other's way. */
final class RandomCalls {
    private static final List<String> TOPS = List.of("a", "b");
    private static final List<String> DIRECTORIES = List.of("s", "t");
    private static final List<String> FILES = List.of("x", "y");

    private final int client;
    private final RandomGenerator random;
    private final Map<String, ETag> tags;
    private final boolean crowded;
    private int contents;

    /**
     * @param tags of contents that somebody has seen
     * @param crowded all calls are about one name
     */
    RandomCalls(int client, RandomGenerator random, Map<String, ETag> tags, boolean crowded) {
        this.client = client;
        this.random = random;
        this.tags = tags;
        this.crowded = crowded;
    }

    TreeCall next() {
        return crowded ? aboutOneName() : aboutATree();
    }

    private TreeCall aboutOneName() {
        VolumePath path = VolumePath.ROOT.child(TOPS.get(0)).child(FILES.get(0));
        int choice = random.nextInt(10);
        if (choice < 4) {
            return new TreeCall.Look(path);
        }
        if (choice < 7) {
            return new TreeCall.Put(path, "text " + client + "-" + ++contents, new TreeCall.Absent());
        }
        return choice < 8
                ? new TreeCall.Put(path, "text " + client + "-" + ++contents, condition())
                : new TreeCall.Remove(path, false, condition());
    }

    private TreeCall aboutATree() {
        VolumePath top = VolumePath.ROOT.child(pick(TOPS));
        int choice = random.nextInt(100);
        if (choice < 25) {
            return new TreeCall.Look(file(top));
        }
        if (choice < 38) {
            return new TreeCall.Names(random.nextBoolean() ? top : top.child(pick(DIRECTORIES)));
        }
        if (choice < 60) {
            return new TreeCall.Put(file(top), "text " + client + "-" + ++contents, condition());
        }
        if (choice < 67) {
            return new TreeCall.Put(file(top), Client.uploaded(client * 1_000_000 + ++contents), condition());
        }
        if (choice < 73) {
            return new TreeCall.Make(top.child(pick(DIRECTORIES)), random.nextBoolean());
        }
        if (choice < 83) {
            return new TreeCall.Remove(anything(top), random.nextInt(3) == 0, condition());
        }
        return new TreeCall.Move(anything(top), anything(top), random.nextBoolean(), condition());
    }

    WriteCondition condition(TreeCall.If condition) {
        if (condition instanceof TreeCall.Absent) {
            return new WriteCondition(false, true, List.of(), List.of(), -1);
        }
        if (condition instanceof TreeCall.Exists) {
            return new WriteCondition(true, false, List.of(), List.of(), -1);
        }
        if (condition instanceof TreeCall.Holds holds) {
            ETag tag = tags.get(holds.content());
            if (tag == null) {
                throw new AssertionError("nobody has seen " + holds);
            }
            return new WriteCondition(false, false, List.of(tag), List.of(), -1);
        }
        return WriteCondition.NONE;
    }

    private TreeCall.If condition() {
        int choice = random.nextInt(10);
        if (choice < 3) {
            return new TreeCall.Absent();
        }
        if (choice < 4) {
            return new TreeCall.Exists();
        }
        if (choice < 6 && !tags.isEmpty()) {
            List<String> seen = new ArrayList<>(tags.keySet());
            return new TreeCall.Holds(seen.get(seen.size() - 1 - random.nextInt(Math.min(4, seen.size()))));
        }
        return new TreeCall.Always();
    }

    private VolumePath anything(VolumePath top) {
        return random.nextInt(3) == 0 ? top.child(pick(DIRECTORIES)) : file(top);
    }

    private VolumePath file(VolumePath top) {
        VolumePath directory = random.nextInt(3) == 0 ? top.child(pick(DIRECTORIES)) : top;
        return directory.child(pick(FILES));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
