package io.mortar.node.brick.store;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Removes the chunks of file versions: all of a deleted one, those of the columns that a brick no longer keeps of a moved one. The fences
 * are durable before the first look for chunks, and every store looks at them under the lock under which it gives the chunk its name: so
 * what a store adds is either found here or refused there. A fence that was raised above a removal meanwhile ends it.
 */
final class Purge {
    private static final int ROWS_PER_BATCH = 1000;

    private final Disk disk;
    private final ChunkDirectories directories;
    private final FilesUsed filesUsed;
    private final ChunkRows rows;
    private final GroupCommit<RowChange> rowCommit;
    private final GroupCommit<Integer> nameCommit;

    Purge(
            Disk disk,
            ChunkDirectories directories,
            FilesUsed filesUsed,
            ChunkRows rows,
            GroupCommit<RowChange> rowCommit,
            GroupCommit<Integer> nameCommit) {
        this.disk = disk;
        this.directories = directories;
        this.filesUsed = filesUsed;
        this.rows = rows;
        this.rowCommit = rowCommit;
        this.nameCommit = nameCommit;
    }

    /** Round of the group commit of removals. Blocks until everything is durable. */
    void commit(List<GroupCommit.Entry<List<Removal>>> entries) throws IOException {
        Map<FileVersion, Removal> removals = new LinkedHashMap<>();
        entries.forEach(e -> e.item().forEach(r -> removals.merge(r.version(), r, Removal::latest)));
        await(rowCommit.submit(new RowChange.Raise(List.copyOf(removals.values()))));
        removeRows(removals.values());
        Map<Integer, Map<FileVersion, Removal>> byDirectory = new TreeMap<>();
        removals.forEach((version, removal) -> byDirectory
                .computeIfAbsent(ChunkDirectories.numberOf(version), n -> new HashMap<>())
                .put(version, removal));
        List<CompletableFuture<Void>> syncs = new ArrayList<>();
        for (Map.Entry<Integer, Map<FileVersion, Removal>> directory : byDirectory.entrySet()) {
            if (removeFiles(directory.getKey(), directory.getValue())) {
                syncs.add(nameCommit.submit(directory.getKey()));
            }
        }
        syncs.forEach(Purge::await);
    }

    /** Forgets fences and tombstones from before {@code atMillis}. */
    void forgetBefore(long atMillis) {
        RowChange.Forget old = rows.fencesBefore(atMillis, ROWS_PER_BATCH);
        while (!old.fences().isEmpty()) {
            await(rowCommit.submit(old));
            old = rows.fencesBefore(atMillis, ROWS_PER_BATCH);
        }
    }

    /** Many versions share one synced write: most have one small chunk or none. */
    private void removeRows(Collection<Removal> removals) {
        List<CompletableFuture<Void>> removed = new ArrayList<>();
        for (Removal removal : removals) {
            byte[] from = RowKeys.chunksFrom(removal.version());
            int found;
            do {
                RowChange.RemoveChunks chunks = rows.concernedBy(removal, from, ROWS_PER_BATCH);
                found = chunks.keys().size();
                if (found > 0) {
                    removed.add(rowCommit.submit(chunks));
                    from = RowKeys.after(chunks.keys().get(found - 1));
                }
                if (found == ROWS_PER_BATCH || removed.size() == ROWS_PER_BATCH) {
                    removed.forEach(Purge::await);
                    removed.clear();
                }
            } while (found == ROWS_PER_BATCH);
        }
        removed.forEach(Purge::await);
    }

    /** False if there is no such directory. It must be synced even if nothing was found: an earlier removal may not have come so far. */
    private boolean removeFiles(int number, Map<FileVersion, Removal> removals) throws IOException {
        Path directory = directories.directory(number);
        ReentrantLock lock = directories.lock(number);
        lock.lock();
        try {
            removals.values()
                    .removeIf(r -> !Fence.allowsRemoval(
                            rows.fenceOf(r.version()), r.fence().order()));
            for (String name : disk.list(directory)) {
                ChunkId chunk = ChunkNames.parse(name);
                Removal removal = chunk == null ? null : removals.get(chunk.file());
                if (chunk != null && removal != null && removal.concerns(chunk.index())) {
                    Path file = directory.resolve(name);
                    long bytes = FilesUsed.onDisk(disk.size(file));
                    disk.delete(file);
                    filesUsed.add(number, -bytes);
                }
            }
            return disk.exists(directory);
        } finally {
            lock.unlock();
        }
    }

    private static void await(CompletableFuture<Void> step) {
        try {
            step.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof BrickFailedException failed ? failed : e;
        }
    }
}
