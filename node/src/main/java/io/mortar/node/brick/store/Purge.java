package io.mortar.node.brick.store;

import io.mortar.core.layout.FileVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Deletes all chunks of file versions. The tombstones are durable before the first look for chunks, and every store looks at the
 * tombstones under the lock under which it gives the chunk its name: so what a store adds is either found here or refused there.
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

    /** Round of the group commit of deletions. Blocks until everything is durable. */
    void commit(List<GroupCommit.Entry<List<FileVersion>>> entries) throws IOException {
        Set<FileVersion> versions = new LinkedHashSet<>();
        entries.forEach(e -> versions.addAll(e.item()));
        await(rowCommit.submit(new RowChange.Bury(List.copyOf(versions))));
        removeRows(versions);
        Map<Integer, List<FileVersion>> byDirectory = new TreeMap<>();
        for (FileVersion version : versions) {
            byDirectory
                    .computeIfAbsent(ChunkDirectories.numberOf(version), n -> new ArrayList<>())
                    .add(version);
        }
        List<CompletableFuture<Void>> syncs = new ArrayList<>();
        for (Map.Entry<Integer, List<FileVersion>> directory : byDirectory.entrySet()) {
            if (removeFiles(directory.getKey(), directory.getValue())) {
                syncs.add(nameCommit.submit(directory.getKey()));
            }
        }
        syncs.forEach(Purge::await);
    }

    /** Forgets tombstones from before {@code atMillis}. */
    void forgetBefore(long atMillis) {
        RowChange.Forget old = rows.tombstonesBefore(atMillis, ROWS_PER_BATCH);
        while (!old.tombstones().isEmpty()) {
            await(rowCommit.submit(old));
            old = rows.tombstonesBefore(atMillis, ROWS_PER_BATCH);
        }
    }

    /** Many versions share one synced write: most have one small chunk or none. */
    private void removeRows(Set<FileVersion> versions) {
        List<byte[]> keys = new ArrayList<>();
        long usedBytes = 0;
        for (FileVersion version : versions) {
            int found;
            do {
                RowChange.RemoveChunks chunks = rows.chunksOf(version, ROWS_PER_BATCH);
                found = chunks.keys().size();
                keys.addAll(chunks.keys());
                usedBytes += chunks.usedBytes();
                if (keys.size() >= ROWS_PER_BATCH) {
                    await(rowCommit.submit(new RowChange.RemoveChunks(List.copyOf(keys), usedBytes)));
                    keys.clear();
                    usedBytes = 0;
                }
            } while (found == ROWS_PER_BATCH);
        }
        if (!keys.isEmpty()) {
            await(rowCommit.submit(new RowChange.RemoveChunks(keys, usedBytes)));
        }
    }

    /** False if there is no such directory. It must be synced even if nothing was found: an earlier deletion may not have come so far. */
    private boolean removeFiles(int number, List<FileVersion> versions) throws IOException {
        Path directory = directories.directory(number);
        ReentrantLock lock = directories.lock(number);
        lock.lock();
        try {
            for (String name : disk.list(directory)) {
                if (versions.stream().anyMatch(v -> name.startsWith(v + "-"))) {
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
