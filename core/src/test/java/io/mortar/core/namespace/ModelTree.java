package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.path.VolumePath;
import io.mortar.core.refusal.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file tree the naive way: nodes that point to each other. Says what a command must be answered with, except for new version
 * numbers, which it takes from the answer.
 */
final class ModelTree {
    private static final Comparator<String> BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    /** A file has a version, a directory has children. */
    static final class Node {
        final @Nullable FileVersion version;
        final NavigableMap<String, Node> children = new TreeMap<>(BYTES);
        final long sizeBytes;
        final boolean chunks;
        final long modifiedMillis;

        Node(@Nullable FileVersion version, long sizeBytes, boolean chunks, long modifiedMillis) {
            this.version = version;
            this.sizeBytes = sizeBytes;
            this.chunks = chunks;
            this.modifiedMillis = modifiedMillis;
        }

        boolean directory() {
            return version == null;
        }
    }

    final Node root = directory(0);
    final Map<FileVersion, VolumePath> leases = new HashMap<>();
    final Set<FileVersion> garbage = new HashSet<>();
    private final Set<FileVersion> used = new HashSet<>();

    private static Node directory(long now) {
        return new Node(null, 0, false, now);
    }

    /** The refusal's code or the outcome that {@code command} must have. */
    Object run(Command command, Outcome actual, long now) {
        if (command instanceof Command.PutInline put) {
            FileVersion version = actual instanceof Outcome.Written written ? fresh(written.version()) : null;
            return write(put.path(), put.condition(), version, put.content().length, false, now);
        }
        if (command instanceof Command.OpenWrite open) {
            RefusalCode refusal = refuseWrite(open.path(), open.condition());
            if (refusal == null && actual instanceof Outcome.WriteOpened opened) {
                leases.put(fresh(opened.version()), open.path());
            }
            return refusal == null ? actual : refusal;
        }
        if (command instanceof Command.CommitWrite commit) {
            VolumePath path = leases.get(commit.version());
            if (path == null) {
                return RefusalCode.LEASE_LOST;
            }
            boolean chunks = commit.sizeBytes() > 0;
            Object expected = write(path, commit.condition(), commit.version(), commit.sizeBytes(), chunks, now);
            if (expected instanceof Outcome.Written) {
                leases.remove(commit.version());
            }
            return expected;
        }
        if (command instanceof Command.AbortWrite abort) {
            if (leases.remove(abort.version()) != null) {
                garbage.add(abort.version());
            }
            return new Outcome.WriteAborted();
        }
        if (command instanceof Command.Remove remove) {
            return remove(remove);
        }
        if (command instanceof Command.MakeDirectory make) {
            return make(make, now);
        }
        return move((Command.Move) command);
    }

    private Object write(
            VolumePath path,
            WriteCondition condition,
            @Nullable FileVersion version,
            long size,
            boolean chunks,
            long now) {
        RefusalCode refusal = refuseWrite(path, condition);
        if (refusal != null) {
            return refusal;
        }
        if (version == null) {
            return "written";
        }
        Node parent = makeParents(path, now);
        Node old = parent.children.put(path.name(), new Node(version, size, chunks, now));
        if (old != null) {
            drop(old);
        }
        return new Outcome.Written(version, old == null, now);
    }

    private @Nullable RefusalCode refuseWrite(VolumePath path, WriteCondition condition) {
        if (isBlocked(path)) {
            return RefusalCode.NOT_A_DIRECTORY;
        }
        Node target = find(path);
        if (target != null && target.directory()) {
            return RefusalCode.IS_A_DIRECTORY;
        }
        return holds(condition, target) ? null : RefusalCode.PRECONDITION_FAILED;
    }

    private Object remove(Command.Remove remove) {
        VolumePath path = remove.path();
        if (path.isRoot()) {
            return RefusalCode.BAD_REQUEST;
        }
        Node target = find(path);
        if (target == null) {
            return RefusalCode.NOT_FOUND;
        }
        if (!target.children.isEmpty() && !remove.recursive()) {
            return RefusalCode.DIRECTORY_NOT_EMPTY;
        }
        if (!holds(remove.condition(), target)) {
            return RefusalCode.PRECONDITION_FAILED;
        }
        existing(path.parent()).children.remove(path.name());
        drop(target);
        return new Outcome.Removed();
    }

    private Object make(Command.MakeDirectory make, long now) {
        VolumePath path = make.path();
        if (isBlocked(path)) {
            return RefusalCode.NOT_A_DIRECTORY;
        }
        Node target = find(path);
        if (target != null) {
            return target.directory() && make.parents() ? new Outcome.DirectoryMade(false) : RefusalCode.ALREADY_EXISTS;
        }
        if (find(path.parent()) == null && !make.parents()) {
            return RefusalCode.NOT_FOUND;
        }
        makeParents(path, now).children.put(path.name(), directory(now));
        return new Outcome.DirectoryMade(true);
    }

    private Object move(Command.Move move) {
        Node source = find(move.from());
        if (source == null) {
            return RefusalCode.NOT_FOUND;
        }
        boolean same = move.from().equals(move.to());
        Node target = find(move.to());
        if (!same) {
            RefusalCode refusal = refuseTarget(move, source, target);
            if (refusal != null) {
                return refusal;
            }
        }
        if (!holds(move.condition(), source)) {
            return RefusalCode.PRECONDITION_FAILED;
        }
        if (same) {
            return new Outcome.Moved(false);
        }
        existing(move.from().parent()).children.remove(move.from().name());
        existing(move.to().parent()).children.put(move.to().name(), source);
        if (target != null) {
            drop(target);
        }
        return new Outcome.Moved(target != null);
    }

    private @Nullable RefusalCode refuseTarget(Command.Move move, Node source, @Nullable Node target) {
        if (source.directory() && move.to().isWithin(move.from())) {
            return RefusalCode.MOVE_INTO_ITSELF;
        }
        if (isBlocked(move.to())) {
            return RefusalCode.NOT_A_DIRECTORY;
        }
        if (!move.to().isRoot() && find(move.to().parent()) == null) {
            return RefusalCode.NOT_FOUND;
        }
        if (target == null) {
            return null;
        }
        if (!move.overwrite()) {
            return RefusalCode.ALREADY_EXISTS;
        }
        if (source.directory() != target.directory()) {
            return target.directory() ? RefusalCode.IS_A_DIRECTORY : RefusalCode.NOT_A_DIRECTORY;
        }
        return target.children.isEmpty() ? null : RefusalCode.DIRECTORY_NOT_EMPTY;
    }

    private static boolean holds(WriteCondition condition, @Nullable Node target) {
        List<ETag> tag = target == null || target.version == null ? List.of() : List.of(ETag.of(target.version));
        boolean ifMatch = condition.ifMatch().isEmpty() || (condition.ifMatch().containsAll(tag) && !tag.isEmpty());
        boolean ifNoneMatch = tag.stream().noneMatch(condition.ifNoneMatch()::contains);
        boolean unmodified = condition.unmodifiedSinceMillis() < 0
                || target == null
                || target.modifiedMillis / 1000 <= condition.unmodifiedSinceMillis() / 1000;
        return !(condition.ifExists() && target == null)
                && !(condition.ifAbsent() && target != null)
                && ifMatch
                && ifNoneMatch
                && unmodified;
    }

    @Nullable
    Node find(VolumePath path) {
        Node node = root;
        for (String name : path.names()) {
            node = node.children.get(name);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private Node existing(VolumePath path) {
        Node node = find(path);
        if (node == null) {
            throw new AssertionError(path);
        }
        return node;
    }

    /** Whether a proper ancestor is a file. */
    private boolean isBlocked(VolumePath path) {
        for (VolumePath above = path; !above.isRoot(); ) {
            above = above.parent();
            Node node = find(above);
            if (node != null && !node.directory()) {
                return true;
            }
        }
        return false;
    }

    private Node makeParents(VolumePath path, long now) {
        Node node = root;
        for (String name : path.parent().names()) {
            node = node.children.computeIfAbsent(name, missing -> directory(now));
        }
        return node;
    }

    private void drop(Node node) {
        if (node.chunks && node.version != null) {
            garbage.add(node.version);
        }
        node.children.values().forEach(this::drop);
    }

    private FileVersion fresh(FileVersion version) {
        if (!used.add(version)) {
            throw new AssertionError("version " + version + " was used before");
        }
        return version;
    }
}
