package io.mortar.node.brick.store;

import akka.util.ByteString;
import io.mortar.core.layout.ChunkId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Reads and writes chunk files. Blocking; safe for use by several threads. */
final class ChunkFiles {
    private final Disk disk;
    private final ChunkDirectories directories;
    private final DirectBuffers buffers;

    ChunkFiles(Disk disk, ChunkDirectories directories, DirectBuffers buffers) {
        this.disk = disk;
        this.directories = directories;
        this.buffers = buffers;
    }

    /** Removes what a crash left half-written. */
    void removeTemporaries() throws IOException {
        for (String name : disk.list(directories.temporary())) {
            disk.delete(directories.temporary().resolve(name));
        }
    }

    /**
     * Writes a file in {@code tmp/} and syncs it. Data that does not match {@code trailer} is refused before anything is written; on
     * an error no file is left, if the disk lets it be removed.
     */
    Path writeTemporary(ChunkTrailer trailer, ByteString data) throws IOException {
        Path file = directories.newTemporary();
        try (DiskFile written = write(file, trailer, data)) {
            written.sync();
        } catch (IOException e) {
            removeAfter(e, file);
            throw e;
        }
        return file;
    }

    private DiskFile write(Path file, ChunkTrailer trailer, ByteString data) throws IOException {
        ByteBuffer buffer = buffers.take();
        try {
            data.copyToBuffer(buffer);
            buffer.flip();
            WrittenChecksums.verify(trailer, buffer);
            buffer.position(buffer.limit()).limit(buffer.capacity());
            trailer.write(buffer);
            DiskFile created = disk.create(file);
            try {
                created.write(buffer.flip());
            } catch (IOException e) {
                created.close();
                throw e;
            }
            return created;
        } finally {
            buffers.giveBack(buffer);
        }
    }

    /** Removes a file of {@code tmp/} after {@code error}, which is what gets reported if that fails too. */
    void removeAfter(Exception error, Path file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            error.addSuppressed(e);
        }
    }

    /** The trailer of a stored chunk; empty if there is no intact one. */
    Optional<ChunkTrailer> trailerOf(ChunkId chunk) throws IOException {
        Optional<DiskFile> found = disk.open(directories.fileOf(chunk));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (DiskFile file = found.get()) {
            int dataSizeBytes = ChunkTrailer.dataSizeBytes(file.size());
            if (dataSizeBytes < 0) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.allocate(ChunkTrailer.sizeBytes(dataSizeBytes));
            return file.read(bytes, dataSizeBytes)
                    ? Optional.ofNullable(ChunkTrailer.read(bytes.flip(), dataSizeBytes))
                    : Optional.empty();
        }
    }

    /** Reads and verifies; empty if there is no such chunk file. */
    Optional<ChunkBytes> read(ChunkSlice slice) throws IOException, CorruptChunkException {
        Optional<DiskFile> found = disk.open(directories.fileOf(slice.chunk()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer buffer = buffers.take();
        try (DiskFile file = found.get()) {
            ChunkTrailer trailer = readBlocks(file, slice, buffer);
            return Optional.of(slice.cut(buffer, trailer));
        } finally {
            buffers.giveBack(buffer);
        }
    }

    /** Reads and verifies all of a chunk that should have {@code sizeBytes}. */
    Verdict verify(ChunkId chunk, int sizeBytes) throws IOException {
        Optional<DiskFile> found = disk.open(directories.fileOf(chunk));
        if (found.isEmpty()) {
            return Verdict.MISSING;
        }
        ByteBuffer buffer = buffers.take();
        try (DiskFile file = found.get()) {
            if (ChunkTrailer.dataSizeBytes(file.size()) != sizeBytes) {
                return Verdict.CORRUPT;
            }
            ChunkSlice whole = new ChunkSlice(chunk, 0, sizeBytes);
            ChunkTrailer trailer = readBlocks(file, whole, buffer);
            whole.verify(buffer, trailer);
            return Verdict.INTACT;
        } catch (CorruptChunkException e) {
            return Verdict.CORRUPT;
        } finally {
            buffers.giveBack(buffer);
        }
    }

    /** Reads the trailer and, into {@code buffer}, the blocks that the slice touches. */
    private static ChunkTrailer readBlocks(DiskFile file, ChunkSlice slice, ByteBuffer buffer)
            throws IOException, CorruptChunkException {
        long fileSizeBytes = file.size();
        int dataSizeBytes = ChunkTrailer.dataSizeBytes(fileSizeBytes);
        if (dataSizeBytes < 0) {
            throw new CorruptChunkException("no chunk is " + fileSizeBytes + " bytes long");
        }
        int from = slice.fits(dataSizeBytes) ? slice.blocksFrom() : dataSizeBytes;
        int to = slice.fits(dataSizeBytes) ? slice.blocksTo(dataSizeBytes) : dataSizeBytes;
        int blocksSizeBytes = to - from;
        int trailerSizeBytes = ChunkTrailer.sizeBytes(dataSizeBytes);
        buffer.limit(blocksSizeBytes + trailerSizeBytes);
        boolean complete = to == dataSizeBytes
                ? file.read(buffer, from)
                : file.read(buffer.limit(blocksSizeBytes), from)
                        && file.read(buffer.limit(blocksSizeBytes + trailerSizeBytes), dataSizeBytes);
        if (!complete) {
            throw new CorruptChunkException("its file became shorter while it was read");
        }
        ChunkTrailer trailer = slice.trailer(buffer.position(blocksSizeBytes), dataSizeBytes);
        buffer.flip();
        return trailer;
    }
}
