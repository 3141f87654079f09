package io.mortar.node.brick.store;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Round of the group commit of names: every directory that changed is synced once, with its parents until they are known to be durable. */
final class DirectorySyncs {
    private final Disk disk;
    private final ChunkDirectories directories;
    /** Used by one round at a time. */
    private final boolean[] durable = new boolean[ChunkDirectories.COUNT];

    DirectorySyncs(Disk disk, ChunkDirectories directories) {
        this.disk = disk;
        this.directories = directories;
    }

    /** Entries are numbers of directories. */
    void commit(List<GroupCommit.Entry<Integer>> entries) throws IOException {
        Set<Integer> changed = new TreeSet<>();
        entries.forEach(e -> changed.add(e.item()));
        Set<Integer> upper = new TreeSet<>();
        for (int directory : changed) {
            disk.syncDirectory(directories.directory(directory));
            if (!durable[directory]) {
                upper.add(directory >>> 8);
            }
        }
        for (int number : upper) {
            disk.syncDirectory(directories.upper(number << 8));
        }
        if (!upper.isEmpty()) {
            disk.syncDirectory(directories.chunks());
        }
        changed.forEach(directory -> durable[directory] = true);
    }
}
