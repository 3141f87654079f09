package io.mortar.node.brick.store;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.kv.KvStore;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a brick: small chunks, fences and tombstones of file versions, counters. {@link #commit} is called by one thread at a time
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

    /** The last word about the version here; null if there is none. */
    @Nullable
    Fence fenceOf(FileVersion version) {
        byte[] value = rows.get(RowKeys.fence(version));
        return value == null ? null : Fence.fromValue(value);
    }

    /** Throws {@link RefusedException} (LEASE_LOST) if the chunk must not be stored by the word of {@code order}. */
    void admit(ChunkId chunk, long order) {
        Fence fence = fenceOf(chunk.file());
        if (!Fence.admits(fence, order, chunk.index())) {
            throw Fence.refusal(chunk, fence);
        }
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

    /** Looks at all of a chunk that should have {@code sizeBytes}. */
    Verdict verify(ChunkId chunk, int sizeBytes) {
        byte[] value = rows.get(RowKeys.chunk(chunk));
        if (value == null) {
            return Verdict.MISSING;
        }
        if (sizeBytes < 1 || ChunkTrailer.dataSizeBytes(value.length) != sizeBytes) {
            return Verdict.CORRUPT;
        }
        try {
            return read(new ChunkSlice(chunk, 0, sizeBytes)).isPresent() ? Verdict.INTACT : Verdict.MISSING;
        } catch (CorruptChunkException e) {
            return Verdict.CORRUPT;
        }
    }

    /** Up to {@code limit} of the chunks that {@code removal} concerns, from a key on, as what removes them. */
    RowChange.RemoveChunks concernedBy(Removal removal, byte[] fromKey, int limit) {
        List<byte[]> keys = new ArrayList<>();
        long bytes = 0;
        try (KvCursor cursor = rows.scan(fromKey, RowKeys.chunksTo(removal.version()))) {
            while (keys.size() < limit && cursor.next()) {
                if (removal.concerns(RowKeys.indexOf(cursor.key()))) {
                    keys.add(cursor.key());
                    bytes += rowBytes(cursor.key(), cursor.value());
                }
            }
        }
        return new RowChange.RemoveChunks(removal.version(), removal.fence().order(), keys, bytes);
    }

    /** Up to {@code limit} of the volume's versions that have chunks here, in order, those that follow {@code after}. */
    List<FileVersion> versionsAfter(VolumeId volume, @Nullable FileVersion after, int limit) {
        byte[] from = after == null ? RowKeys.chunksOfVolume(volume.value()) : RowKeys.chunksTo(after);
        List<FileVersion> versions = new ArrayList<>();
        FileVersion last = null;
        try (KvCursor cursor = rows.scan(from, RowKeys.chunksOfVolume(volume.value() + 1))) {
            while (versions.size() < limit && cursor.next()) {
                FileVersion version = RowKeys.versionOf(cursor.key());
                if (!version.equals(last)) {
                    versions.add(version);
                    last = version;
                }
            }
        }
        return versions;
    }

    /** Up to {@code limit} fences and tombstones that are older than {@code atMillis}. */
    RowChange.Forget fencesBefore(long atMillis, int limit) {
        List<byte[]> keys = new ArrayList<>();
        try (KvCursor cursor = rows.scan(new byte[] {RowKeys.FENCE}, new byte[] {RowKeys.FENCE + 1})) {
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
        private final Map<FileVersion, Fence> raised = new HashMap<>();
        private long used = usedBytes;

        void add(RowChange change) {
            if (change instanceof RowChange.PutChunk put) {
                put(put);
            } else if (change instanceof RowChange.Raise raise) {
                raise.fences().forEach(r -> raise(r.version(), r.fence()));
            } else if (change instanceof RowChange.RemoveChunks remove) {
                if (Fence.allowsRemoval(present(remove.version()), remove.order())) {
                    remove.keys().forEach(batch::delete);
                    used -= remove.usedBytes();
                }
            } else if (change instanceof RowChange.Forget forget) {
                forget.fences().stream()
                        .filter(key -> isFrom(key, forget.atMillis()))
                        .forEach(batch::delete);
            } else {
                throw new AssertionError("unhandled " + change);
            }
        }

        /** With what this round has raised already. */
        private @Nullable Fence present(FileVersion version) {
            Fence now = raised.get(version);
            return now == null ? fenceOf(version) : now;
        }

        private void raise(FileVersion version, Fence fence) {
            if (fence.replaces(present(version))) {
                batch.put(RowKeys.fence(version), fence.toValue(clock.millis()));
                raised.put(version, fence);
            }
        }

        /** Raised again since it was looked up, a fence counts as just raised. */
        private boolean isFrom(byte[] key, long beforeMillis) {
            byte[] value = rows.get(key);
            return raised.isEmpty() && value != null && RowKeys.number(value) < beforeMillis;
        }

        private void put(RowChange.PutChunk put) {
            ChunkId chunk = put.chunk();
            byte[] value = put.value();
            Fence fence = present(chunk.file());
            if (!Fence.admits(fence, put.order(), chunk.index())) {
                throw Fence.refusal(chunk, fence);
            }
            byte[] key = RowKeys.chunk(chunk);
            byte[] stored = rows.get(key);
            if (stored != null && Arrays.equals(stored, value)) {
                return;
            }
            if (stored != null) {
                if (verify(chunk, ChunkTrailer.dataSizeBytes(stored.length)) == Verdict.INTACT) {
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
}
