package io.mortar.node.brick.store;

import akka.util.ByteString;
import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import io.mortar.journal.kv.KvStore;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The chunks of one brick. All operations return at once and are carried out on the store's own threads; their futures complete there,
 * with success only when the effect is on stable storage. They fail with {@link RefusedException} when nothing is wrong with the disk,
 * and with {@link BrickFailedException} when something is: from then on every operation fails so. Safe for use by several threads.
 */
public final class ChunkStore implements AutoCloseable {
    /** The largest stripe unit. */
    public static final int CHUNK_SIZE_BYTES_MAX = 1 << 20;
    /** Smaller chunks are rows: one synced write for many of them, instead of a file, two syncs and an inode each. */
    public static final int FILE_SIZE_BYTES_MIN = 32 * 1024;
    /** Where chunk files are, in the brick's directory. */
    public static final String CHUNKS_DIRECTORY = "chunks";
    /** Where files are until they are complete, in the brick's directory. */
    public static final String TEMPORARY_DIRECTORY = "tmp";
    /** Bound on one deletion. */
    public static final int DELETED_VERSIONS_MAX = 10_000;

    /** Bound on the chunks that are verified by one request. */
    public static final int VERIFIED_CHUNKS_MAX = 64;
    /** Bound on the versions that are listed by one request: the answer must fit a frame of Artery's ordinary lane. */
    public static final int LISTED_VERSIONS_MAX = 4096;

    private final StoreSettings settings;
    private final Clock clock;
    private final BrickFault fault;
    private final DiskThreads threads;
    private final Admission admission;
    private final StoresInFlight inFlight = new StoresInFlight();
    private final FreeSpace freeSpace;
    private final ChunkFiles files;
    private final ChunkRows rows;
    private final FilesUsed filesUsed;
    private final FileStoring fileStoring;
    private final ChunkCopies copies;
    private final VersionScan versionScan;
    private final Purge purge;
    private final GroupCommit<RowChange> rowCommit;
    private final GroupCommit<List<Removal>> purges;
    private final CompletableFuture<Void> counted;

    /**
     * What a store works on.
     *
     * @param name the brick's for texts, such as {@code bt1:/srv/brick}
     * @param directory has {@code chunks/} and {@code tmp/}
     * @param rows closed by the store
     * @param buffers shared with the other bricks of the node
     */
    public record Parts(String name, Path directory, Disk disk, KvStore rows, DirectBuffers buffers, Clock clock) {}

    private ChunkStore(Parts parts, StoreSettings settings) throws IOException {
        this.settings = settings;
        this.clock = parts.clock();
        this.fault = new BrickFault(parts.name());
        this.threads = new DiskThreads(parts.name(), settings.diskThreads());
        this.admission = new Admission(parts.name(), settings);
        Disk disk = parts.disk();
        this.freeSpace = new FreeSpace(disk, parts.directory(), settings);
        ChunkDirectories directories = new ChunkDirectories(parts.directory());
        this.files = new ChunkFiles(disk, directories, parts.buffers());
        files.removeTemporaries();
        this.rows = new ChunkRows(parts.rows(), clock);
        this.filesUsed = new FilesUsed(disk, directories, rows.takeFilesUsed());
        this.rowCommit = new GroupCommit<>(threads.commits(), rows::commit, fault::ofCommit);
        GroupCommit<Integer> nameCommit =
                new GroupCommit<>(threads.commits(), new DirectorySyncs(disk, directories)::commit, fault::ofCommit);
        this.fileStoring = new FileStoring(disk, directories, files, rows, filesUsed, nameCommit);
        this.copies = new ChunkCopies(directories, files, rows, rowCommit);
        this.versionScan = new VersionScan(disk, directories, rows);
        this.purge = new Purge(disk, directories, filesUsed, rows, rowCommit, nameCommit);
        this.purges = new GroupCommit<>(threads.background(), purge::commit, fault::of);
        this.counted = filesUsed.isExact() ? CompletableFuture.completedFuture(null) : inBackground(filesUsed::count);
    }

    /** Opens the store, removes temporary files and, after a crash, begins to count the used bytes. Blocks. */
    public static ChunkStore open(Parts parts, StoreSettings settings) throws IOException {
        return new ChunkStore(parts, settings);
    }

    /** Stores a chunk. Storing it again succeeds; another content under the same id is refused. */
    public CompletableFuture<Void> store(ChunkId chunk, List<Integer> blockChecksums, ByteString data) {
        int size = data.size();
        if (size < 1 || size > CHUNK_SIZE_BYTES_MAX || blockChecksums.size() != BlockChecksums.blockCount(size)) {
            return refused(
                    RefusalCode.BAD_REQUEST,
                    "chunk " + chunk + " has " + size + " bytes and " + blockChecksums.size()
                            + " block checksums; it must have 1 to " + CHUNK_SIZE_BYTES_MAX
                            + " bytes and one per 64 KiB");
        }
        int[] checksums = blockChecksums.stream().mapToInt(Integer::intValue).toArray();
        ChunkTrailer trailer = new ChunkTrailer(chunk, size, checksums);
        return admission.admit(
                size,
                () -> inFlight.once(
                        chunk,
                        blockChecksums,
                        () -> on(threads.writers(), () -> reserveAndStore(trailer, Fence.NO_ORDER, data))));
    }

    /** Reads and verifies a range. Refused with NOT_FOUND, CHUNK_CORRUPT or, if it is not inside the chunk, BAD_REQUEST. */
    public CompletableFuture<ChunkBytes> read(ChunkId chunk, int offset, int length) {
        if (offset < 0 || length < 0 || offset + (long) length > CHUNK_SIZE_BYTES_MAX) {
            return refused(
                    RefusalCode.BAD_REQUEST, length + " bytes from " + offset + " on are not a range inside a chunk");
        }
        return admission.admit(
                0,
                () -> on(
                        threads.readers(),
                        () -> CompletableFuture.completedFuture(readNow(new ChunkSlice(chunk, offset, length)))));
    }

    /**
     * Begins to take a chunk over from another brick by the word of {@code order}, 0 for none: raises the version's fence and tells whether
     * an intact chunk of {@code sizeBytes} is here already. Refused with LEASE_LOST if the version was deleted or decided on anew.
     */
    public CompletableFuture<Boolean> prepareCopy(ChunkId chunk, int sizeBytes, long order) {
        if (sizeBytes < 1 || sizeBytes > CHUNK_SIZE_BYTES_MAX || order < 0) {
            return refused(
                    RefusalCode.BAD_REQUEST,
                    "chunk " + chunk + " of " + sizeBytes + " bytes by order " + order + " cannot be copied");
        }
        return admission.admit(
                0,
                () -> on(threads.copies(), () -> copies.raiseFence(chunk, order))
                        .thenCompose(raised -> on(
                                threads.copies(),
                                () -> CompletableFuture.completedFuture(copies.hasIntact(chunk, sizeBytes, order)))));
    }

    /** Stores a chunk that another brick sent, after {@link #prepareCopy}. Refused with BAD_DIGEST if it was changed on its way. */
    public CompletableFuture<Void> storeCopy(ChunkId chunk, int sizeBytes, long order, int checksum, ByteString data) {
        return admission.admit(
                0,
                () -> on(threads.copies(), () -> {
                    ChunkCopies.Arrived arrived = ChunkCopies.arrived(chunk, sizeBytes, checksum, data);
                    return inFlight.once(
                            chunk,
                            arrived.blockChecksums(),
                            () -> call(() -> reserveAndStore(arrived.trailer(), order, arrived.data())));
                }));
    }

    /** Reads and verifies chunks of a version, of which each should have its size. */
    public CompletableFuture<VerifiedChunks> verify(FileVersion version, List<Integer> indexes, List<Integer> sizes) {
        boolean sizesFit = sizes.stream().allMatch(size -> size > 0 && size <= CHUNK_SIZE_BYTES_MAX);
        boolean indexesFit =
                indexes.size() <= VERIFIED_CHUNKS_MAX && indexes.stream().allMatch(i -> i >= 0);
        if (!sizesFit || !indexesFit || indexes.size() != sizes.size()) {
            return refused(
                    RefusalCode.BAD_REQUEST,
                    indexes.size() + " chunks of " + sizes.size() + " sizes cannot be verified: at most "
                            + VERIFIED_CHUNKS_MAX + ", each with its size");
        }
        return admission.admit(0, () -> verifyNext(new ChunkCopies.Verification(version, indexes, sizes)));
    }

    /** Chunk by chunk, so that a chunk to be copied waits for one of them only. */
    private CompletableFuture<VerifiedChunks> verifyNext(ChunkCopies.Verification verification) {
        if (verification.isComplete()) {
            return CompletableFuture.completedFuture(verification.result());
        }
        return on(threads.copies(), () -> {
                    copies.verifyNext(verification);
                    return CompletableFuture.completedFuture(verification);
                })
                .thenCompose(this::verifyNext);
    }

    /** Contents of a volume of which chunks are here. {@code cursor} is empty for the first page, else what the page before said. */
    public CompletableFuture<VersionPage> versions(VolumeId volume, String cursor, int limit) {
        if (limit < 1 || limit > LISTED_VERSIONS_MAX) {
            return refused(
                    RefusalCode.BAD_REQUEST,
                    limit + " versions at once cannot be listed, 1 to " + LISTED_VERSIONS_MAX + " can");
        }
        return admission.admit(
                0,
                () -> on(
                        threads.copies(),
                        () -> CompletableFuture.completedFuture(
                                versionScan.page(volume, VersionCursor.parse(cursor), limit))));
    }

    /** Removes the chunks that a brick no longer keeps. Drops whose order is below the version's fence do nothing. */
    public CompletableFuture<Void> drop(List<BrickProtocol.Drop> drops) {
        return remove(drops.stream().map(Removal::of).toList());
    }

    /** Deletes all chunks of {@code versions} and refuses later ones with LEASE_LOST for as long as the settings say. */
    public CompletableFuture<Void> delete(List<FileVersion> versions) {
        return remove(versions.stream().map(Removal::deletion).toList());
    }

    private CompletableFuture<Void> remove(List<Removal> removals) {
        if (removals.size() > DELETED_VERSIONS_MAX) {
            return refused(
                    RefusalCode.BAD_REQUEST,
                    removals.size() + " file versions are too many for one deletion, " + DELETED_VERSIONS_MAX
                            + " are allowed; send fewer at a time");
        }
        return admission.admit(0, () -> on(threads.background(), () -> purges.submit(removals)));
    }

    /** Asks the file system for its room. */
    public CompletableFuture<BrickCapacity> capacity() {
        return on(threads.readers(), () -> {
            long used = filesUsed.bytes() + rows.usedBytes();
            long free = freeSpace.look();
            return CompletableFuture.completedFuture(
                    new BrickCapacity(used + free, used, free, freeSpace.untouchableBytes(), ""));
        });
    }

    /** Completes when {@link #capacity} tells all bytes used: at once, or after a crash when all files have been counted. */
    public CompletableFuture<Void> counted() {
        return counted.copy();
    }

    /** Removes fences and tombstones that are old enough; to be called every now and then. */
    public CompletableFuture<Void> forgetOldFences() {
        long before = clock.millis() - settings.tombstoneAgeMax().toMillis();
        return inBackground(() -> purge.forgetBefore(before));
    }

    /** Finishes what was begun and closes the rows. Blocks; nothing may be asked afterwards. */
    @Override
    public void close() {
        filesUsed.stopCounting();
        if (!threads.close()) {
            return; // the disk hangs: rows that are in use must not be closed, and nothing is orderly about this stop
        }
        try {
            if (fault.failure() == null && filesUsed.isExact()) {
                rows.leaveFilesUsed(filesUsed.bytes());
            }
        } finally {
            rows.close();
        }
    }

    private CompletableFuture<Void> reserveAndStore(ChunkTrailer trailer, long order, ByteString data)
            throws IOException {
        long bytes = FilesUsed.onDisk(ChunkTrailer.fileSizeBytes(trailer.dataSizeBytes()));
        if (!freeSpace.reserve(bytes)) {
            throw fault.noSpace();
        }
        CompletableFuture<Void> stored;
        try {
            stored = trailer.dataSizeBytes() < FILE_SIZE_BYTES_MIN
                    ? storeRow(trailer, order, data)
                    : fileStoring.store(trailer, order, data);
        } catch (IOException | RuntimeException e) {
            freeSpace.release(bytes);
            throw e;
        }
        return stored.whenComplete((done, error) -> freeSpace.release(bytes));
    }

    private CompletableFuture<Void> storeRow(ChunkTrailer trailer, long order, ByteString data) {
        ByteBuffer value = ByteBuffer.allocate(ChunkTrailer.fileSizeBytes(trailer.dataSizeBytes()));
        data.copyToBuffer(value);
        WrittenChecksums.verify(trailer, value.duplicate().flip());
        trailer.write(value);
        return rowCommit.submit(new RowChange.PutChunk(trailer.chunk(), order, value.array()));
    }

    private ChunkBytes readNow(ChunkSlice slice) throws IOException {
        try {
            Optional<ChunkBytes> found;
            if (slice.offset() + slice.length() < FILE_SIZE_BYTES_MIN) {
                found = rows.read(slice);
                found = found.isPresent() ? found : files.read(slice);
            } else {
                found = files.read(slice);
                found = found.isPresent() ? found : rows.read(slice);
            }
            return found.orElseThrow(() -> fault.notFound(slice.chunk()));
        } catch (CorruptChunkException e) {
            throw fault.corrupt(slice.chunk(), e);
        }
    }

    private CompletableFuture<Void> inBackground(Work work) {
        return on(threads.background(), () -> {
            work.run();
            return CompletableFuture.completedFuture(null);
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Runs {@code work} on {@code executor} unless the brick has failed; the result fails with what {@link BrickFault} makes of an error. */
    private <T> CompletableFuture<T> on(Executor executor, Callable<CompletableFuture<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        executor.execute(() -> {
            BrickFailedException failure = fault.failure();
            if (failure != null) {
                result.completeExceptionally(failure);
                return;
            }
            CompletionStage<T> started = call(work);
            started.whenComplete((value, error) -> {
                if (error == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(error);
                }
            });
        });
        return result;
    }

    private <T> CompletableFuture<T> call(Callable<CompletableFuture<T>> work) {
        try {
            return work.call();
        } catch (Exception | Error e) { // every kind is given back to the caller, who would wait for ever otherwise
            return CompletableFuture.failedFuture(fault.of(e));
        }
    }

    private static <T> CompletableFuture<T> refused(RefusalCode code, String text) {
        return CompletableFuture.failedFuture(new RefusedException(code, text));
    }
}
