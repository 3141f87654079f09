package io.mortar.core.namespace;

import io.mortar.core.namespace.NamespaceReader.Child;
import io.mortar.core.namespace.row.DentryRow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What something adds to the quotas above it.
 *
 * @param bytes sizes of files
 * @param entries files and directories
 */
record Charge(long bytes, long entries) {
    private static final int PAGE = 1000;

    static final Charge NONE = new Charge(0, 0);

    /** A directory by itself. */
    static final Charge DIRECTORY = new Charge(0, 1);

    /** What {@code target} adds by itself: for a directory without what is in it. */
    static Charge of(@Nullable DentryRow target) {
        return target == null ? NONE : new Charge(target.sizeBytes(), 1);
    }

    /** What is below {@code directory}; null if that is more than {@code entriesMax} files and directories. Reads all their names. */
    static @Nullable Charge below(NamespaceReader reader, long directory, long entriesMax) {
        Charge sum = NONE;
        Deque<Long> directories = new ArrayDeque<>(List.of(directory));
        while (!directories.isEmpty()) {
            long next = directories.pop();
            String after = "";
            List<Child> children;
            do {
                children = reader.children(next, after, PAGE);
                for (Child child : children) {
                    sum = sum.plus(of(child.dentry()));
                    after = child.name();
                    if (child.dentry().directory()) {
                        directories.push(child.dentry().inode());
                    }
                }
                if (sum.entries > entriesMax) {
                    return null;
                }
            } while (children.size() == PAGE);
        }
        return sum;
    }

    Charge plus(Charge other) {
        return new Charge(bytes + other.bytes, entries + other.entries);
    }

    Charge minus(Charge other) {
        return new Charge(bytes - other.bytes, entries - other.entries);
    }

    Charge negated() {
        return NONE.minus(this);
    }
}
