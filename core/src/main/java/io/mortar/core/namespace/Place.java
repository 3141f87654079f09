package io.mortar.core.namespace;

import io.mortar.core.namespace.row.CountersRow;
import io.mortar.core.namespace.row.DentryRow;
import io.mortar.core.path.VolumePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a path leads.
 *
 * @param directories inodes of the directories above the target that exist, from the root down; for the root itself, its own
 * @param blocked whether the name after the last of these is a file, although the path goes on
 * @param target what the path leads to, or null
 */
record Place(
        VolumePath path,
        List<Long> directories,
        boolean blocked,
        @Nullable DentryRow target) {
    static Place of(NamespaceReader reader, VolumePath path) {
        List<Long> directories = new ArrayList<>();
        directories.add(CountersRow.ROOT_INODE);
        DentryRow here = DentryRow.ofDirectory(CountersRow.ROOT_INODE, 0);
        for (int depth = 0; depth < path.names().size(); depth++) {
            if (depth > 0) {
                if (!here.directory()) {
                    return new Place(path, directories, true, null);
                }
                directories.add(here.inode());
            }
            DentryRow next = reader.dentry(here.inode(), path.names().get(depth));
            if (next == null) {
                return new Place(path, directories, false, null);
            }
            here = next;
        }
        return new Place(path, directories, false, here);
    }

    /** The lowest directory above the target that exists: its parent, unless that is missing. */
    long lowestDirectory() {
        return directories.get(directories.size() - 1);
    }

    boolean hasParent() {
        return !blocked && directories.size() >= path.names().size();
    }

    /** Path of the first thing that is in the way or missing above the target. */
    VolumePath obstacle() {
        return new VolumePath(path.names().subList(0, directories.size()));
    }

    /** Names of the directories above the target that do not exist, from the top. */
    List<String> missingParents() {
        return path.names().subList(directories.size() - 1, path.names().size() - 1);
    }

    /** What making these directories adds to the quotas above them. */
    Charge parentsCharge() {
        return new Charge(0, missingParents().size());
    }
}
