package io.mortar.node.brick.store;

import akka.util.ByteString;
import io.mortar.core.layout.ChunkId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** Stores a chunk as a file: temporary file, sync, rename, sync of the directory together with others. Runs on a writer's thread. */
final class FileStoring {
    private final Disk disk;
    private final ChunkDirectories directories;
    private final ChunkFiles files;
    private final ChunkRows rows;
    private final FilesUsed filesUsed;
    private final GroupCommit<Integer> nameCommit;

    FileStoring(
            Disk disk,
            ChunkDirectories directories,
            ChunkFiles files,
            ChunkRows rows,
            FilesUsed filesUsed,
            GroupCommit<Integer> nameCommit) {
        this.disk = disk;
        this.directories = directories;
        this.files = files;
        this.rows = rows;
        this.filesUsed = filesUsed;
        this.nameCommit = nameCommit;
    }

    /** Stores by the word of {@code order}. No other store of the same chunk may run. The future completes when the name is durable as well. */
    CompletableFuture<Void> store(ChunkTrailer trailer, long order, ByteString data) throws IOException {
        ChunkId chunk = trailer.chunk();
        int number = ChunkDirectories.numberOf(chunk.file());
        long replacedBytes = 0;
        if (disk.exists(directories.fileOf(chunk))) {
            Optional<ChunkTrailer> stored = files.trailerOf(chunk);
            if (stored.isPresent() && !stored.get().isSameAs(trailer)) {
                throw ChunkRows.differs(chunk);
            }
            // What is stored a second time may be meant to repair it, so the trailer alone is not enough.
            if (stored.isPresent() && files.verify(chunk, trailer.dataSizeBytes()) == Verdict.INTACT) {
                return nameCommit.submit(number); // a process that died may have renamed it and not synced the name
            }
            replacedBytes = FilesUsed.onDisk(disk.size(directories.fileOf(chunk)));
        }
        Path temporary = files.writeTemporary(trailer, data);
        try {
            long bytes = FilesUsed.onDisk(ChunkTrailer.fileSizeBytes(trailer.dataSizeBytes()));
            name(chunk, order, temporary, bytes - replacedBytes);
        } catch (IOException | RuntimeException e) {
            files.removeAfter(e, temporary);
            throw e;
        }
        return nameCommit.submit(number);
    }

    private void name(ChunkId chunk, long order, Path temporary, long changeBytes) throws IOException {
        int number = ChunkDirectories.numberOf(chunk.file());
        ReentrantLock lock = directories.lock(number);
        lock.lock();
        try {
            rows.admit(chunk, order);
            directories.create(disk, number);
            disk.rename(temporary, directories.fileOf(chunk));
            filesUsed.add(number, changeBytes);
        } finally {
            lock.unlock();
        }
    }
}
