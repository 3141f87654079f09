package io.mortar.node.brick.store;

import akka.util.ByteString;
import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** What a brick does for a chunk that it is to have from another brick, before and after it is sent; and looks at whole chunks. */
final class ChunkCopies {
    private final ChunkDirectories directories;
    private final ChunkFiles files;
    private final ChunkRows rows;
    private final GroupCommit<RowChange> rowCommit;

    ChunkCopies(ChunkDirectories directories, ChunkFiles files, ChunkRows rows, GroupCommit<RowChange> rowCommit) {
        this.directories = directories;
        this.files = files;
        this.rows = rows;
        this.rowCommit = rowCommit;
    }

    /** A chunk as another brick sent it. */
    record Arrived(ChunkTrailer trailer, List<Integer> blockChecksums, ByteString data) {}

    /** A look at several chunks. Used by one thread at a time. */
    static final class Verification {
        private final FileVersion version;
        private final List<Integer> indexes;
        private final List<Integer> sizes;
        private final List<Integer> missing = new ArrayList<>();
        private final List<Integer> corrupt = new ArrayList<>();
        private long bytes;
        private int next;

        Verification(FileVersion version, List<Integer> indexes, List<Integer> sizes) {
            this.version = version;
            this.indexes = List.copyOf(indexes);
            this.sizes = List.copyOf(sizes);
        }

        boolean isComplete() {
            return next == indexes.size();
        }

        VerifiedChunks result() {
            return new VerifiedChunks(missing, corrupt, bytes);
        }
    }

    /** Raises the fence of the chunk's version, if {@code order} is above it; durable when the future completes. */
    CompletableFuture<Void> raiseFence(ChunkId chunk, long order) {
        rows.admit(chunk, order);
        Fence present = rows.fenceOf(chunk.file());
        if (order == Fence.NO_ORDER || (present != null && present.order() >= order)) {
            return CompletableFuture.completedFuture(null);
        }
        Removal nothing = new Removal(chunk.file(), new Fence(order, KeptColumns.ALL));
        return rowCommit.submit(new RowChange.Raise(List.of(nothing)));
    }

    /**
     * Whether the chunk is here, intact; to be called when its fence is durable. The lock has removals that did not see the fence end
     * first: what is found afterwards stays. Guarded by {@code FenceTest}.
     */
    boolean hasIntact(ChunkId chunk, int sizeBytes, long order) throws IOException {
        ReentrantLock lock = directories.lock(ChunkDirectories.numberOf(chunk.file()));
        lock.lock();
        try {
            rows.admit(chunk, order);
        } finally {
            lock.unlock();
        }
        return verify(chunk, sizeBytes) == Verdict.INTACT;
    }

    Verdict verify(ChunkId chunk, int sizeBytes) throws IOException {
        boolean isRow = sizeBytes < ChunkStore.FILE_SIZE_BYTES_MIN;
        return isRow ? rows.verify(chunk, sizeBytes) : files.verify(chunk, sizeBytes);
    }

    /** Looks at the next chunk. */
    void verifyNext(Verification verification) throws IOException {
        int index = verification.indexes.get(verification.next);
        int sizeBytes = verification.sizes.get(verification.next);
        verification.next++;
        switch (verify(new ChunkId(verification.version, index, 0), sizeBytes)) {
            case INTACT -> verification.bytes += sizeBytes;
            case MISSING -> verification.missing.add(index);
            case CORRUPT -> verification.corrupt.add(index);
        }
    }

    /** Throws {@link RefusedException} (BAD_DIGEST) if the data is not {@code sizeBytes} long or does not match its checksum. */
    static Arrived arrived(ChunkId chunk, int sizeBytes, int checksum, ByteString data) {
        ByteString compact = data.compact();
        ByteBuffer bytes = compact.asByteBuffer();
        if (bytes.remaining() != sizeBytes || BlockChecksums.ofWhole(bytes) != checksum) {
            throw new RefusedException(
                    RefusalCode.BAD_DIGEST, "chunk " + chunk + " was changed on its way between two bricks");
        }
        int[] checksums = BlockChecksums.of(bytes);
        ChunkTrailer trailer = new ChunkTrailer(chunk, sizeBytes, checksums);
        return new Arrived(trailer, Arrays.stream(checksums).boxed().toList(), compact);
    }
}
