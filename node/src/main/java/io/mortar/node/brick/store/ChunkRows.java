package io.mortar.node.brick.store;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.kv.KvStore;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of a brick: small chunks, tombstones of deleted file versions, counters. {@link #commit} is called by one thread at a time
 * and is the only writer while the store is open; reads may come from any thread.
 */
final class ChunkRows {
    private final KvStore rows;
    private final Clock clock;
    private volatile long usedBytes;

    ChunkRows(KvStore rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
        byte[] used = rows.get(RowKeys.ROWS_USED);
        this.usedBytes = used == null ? 0 : RowKeys.number(used);
    }

    long usedBytes() {
        return usedBytes;
    }

    /** Whether chunks of this version must be refused. */
    boolean isBuried(FileVersion version) {
        return rows.get(RowKeys.tombstone(version)) != null;
    }

    static RefusedException buried(ChunkId chunk) {
        return new RefusedException(
                RefusalCode.LEASE_LOST,
                "chunk " + chunk + " came after its file version was deleted; start the upload anew");
    }

    static RefusedException differs(ChunkId chunk) {
        return new RefusedException(
                RefusalCode.BAD_REQUEST,
                "chunk " + chunk + " is stored already with other content, and chunks are never changed");
    }

    /** Round of the group commit: one synced write for all entries. A chunk that is refused completes its entry alone. */
    void commit(List<GroupCommit.Entry<RowChange>> entries) {
        Round round = new Round();
        for (GroupCommit.Entry<RowChange> entry : entries) {
            try {
                round.add(entry.item());
            } catch (RefusedException e) {
                entry.done().completeExceptionally(e);
            }
        }
        round.write();
    }

    /** The chunk, verified; empty if it is not among the rows. */
    Optional<ChunkBytes> read(ChunkSlice slice) throws CorruptChunkException {
        byte[] value = rows.get(RowKeys.chunk(slice.chunk()));
        if (value == null) {
            return Optional.empty();
        }
        int dataSizeBytes = ChunkTrailer.dataSizeBytes(value.length);
        if (dataSizeBytes < 0) {
            throw new CorruptChunkException("no chunk is " + value.length + " bytes long");
        }
        ByteBuffer bytes = ByteBuffer.wrap(value);
        ChunkTrailer trailer = slice.trailer(bytes.position(dataSizeBytes), dataSizeBytes);
        bytes.limit(slice.blocksTo(dataSizeBytes)).position(slice.blocksFrom());
        return Optional.of(slice.cut(bytes, trailer));
    }

    /** Up to {@code limit} of a version's chunks, as what removes them. */
    RowChange.RemoveChunks chunksOf(FileVersion version, int limit) {
        List<byte[]> keys = new ArrayList<>();
        long bytes = 0;
        try (KvCursor cursor = rows.scan(RowKeys.chunksFrom(version), RowKeys.chunksTo(version))) {
            while (keys.size() < limit && cursor.next()) {
                keys.add(cursor.key());
                bytes += rowBytes(cursor.key(), cursor.value());
            }
        }
        return new RowChange.RemoveChunks(keys, bytes);
    }

    /** Up to {@code limit} tombstones that are older than {@code atMillis}. */
    RowChange.Forget tombstonesBefore(long atMillis, int limit) {
        List<byte[]> keys = new ArrayList<>();
        try (KvCursor cursor = rows.scan(new byte[] {RowKeys.TOMBSTONE}, new byte[] {RowKeys.TOMBSTONE + 1})) {
            while (keys.size() < limit && cursor.next()) {
                if (RowKeys.number(cursor.value()) < atMillis) {
                    keys.add(cursor.key());
                }
            }
        }
        return new RowChange.Forget(keys, atMillis);
    }

    /** Bytes of all files as counted before an orderly stop; empty after any other end. It counts once: the next end may be another. */
    Optional<Long> takeFilesUsed() {
        byte[] value = rows.get(RowKeys.FILES_USED);
        if (value == null) {
            return Optional.empty();
        }
        try {
            rows.write(new KvBatch().delete(RowKeys.FILES_USED));
        } catch (KvNoSpaceException e) {
            return Optional.empty(); // a full brick must open to be read and to be emptied
        }
        return Optional.of(RowKeys.number(value));
    }

    void leaveFilesUsed(long bytes) {
        rows.write(new KvBatch().put(RowKeys.FILES_USED, RowKeys.number(bytes)));
    }

    void close() {
        rows.close();
    }

    private static long rowBytes(byte[] key, byte[] value) {
        return key.length + (long) value.length;
    }

    /** One batch in the making. */
    private final class Round {
        private final KvBatch batch = new KvBatch();
        private final Set<FileVersion> buried = new HashSet<>();
        private long used = usedBytes;

        void add(RowChange change) {
            if (change instanceof RowChange.PutChunk put) {
                put(put.chunk(), put.value());
            } else if (change instanceof RowChange.Bury bury) {
                byte[] now = RowKeys.number(clock.millis());
                bury.versions().forEach(v -> batch.put(RowKeys.tombstone(v), now));
                buried.addAll(bury.versions());
            } else if (change instanceof RowChange.RemoveChunks remove) {
                remove.keys().forEach(batch::delete);
                used -= remove.usedBytes();
            } else if (change instanceof RowChange.Forget forget) {
                forget.tombstones().stream()
                        .filter(key -> isFrom(key, forget.atMillis()))
                        .forEach(batch::delete);
            } else {
                throw new AssertionError("unhandled " + change);
            }
        }

        /** Written again since it was looked up, the version counts as deleted just now. */
        private boolean isFrom(byte[] tombstone, long beforeMillis) {
            byte[] at = rows.get(tombstone);
            return buried.isEmpty() && at != null && RowKeys.number(at) < beforeMillis;
        }

        private void put(ChunkId chunk, byte[] value) {
            if (buried.contains(chunk.file()) || isBuried(chunk.file())) {
                throw buried(chunk);
            }
            byte[] key = RowKeys.chunk(chunk);
            byte[] stored = rows.get(key);
            if (stored != null && Arrays.equals(stored, value)) {
                return;
            }
            if (stored != null) {
                if (isIntact(chunk, stored)) {
                    throw differs(chunk);
                }
                used -= rowBytes(key, stored);
            }
            batch.put(key, value);
            used += rowBytes(key, value);
        }

        void write() {
            if (!batch.isEmpty()) {
                batch.put(RowKeys.ROWS_USED, RowKeys.number(used));
                rows.write(batch);
                usedBytes = used;
            }
        }
    }

    private boolean isIntact(ChunkId chunk, byte[] stored) {
        int dataSizeBytes = ChunkTrailer.dataSizeBytes(stored.length);
        try {
            return dataSizeBytes > 0
                    && read(new ChunkSlice(chunk, 0, dataSizeBytes)).isPresent();
        } catch (CorruptChunkException e) {
            return false;
        }
    }
}
