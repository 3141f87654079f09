package io.mortar.journal.state;

import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.log.StoreRefusedException;
import io.mortar.journal.raft.SnapshotPoint;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One state as frames of at most 128 KiB, in order; holds one frame and one row in memory. For one thread. It keeps that state in the
 * store until it is closed. After another state was installed in its place, {@link #next} throws {@link IllegalStateException}: then
 * the copy is given up.
 */
public final class SnapshotSource implements AutoCloseable {
    private final KvSnapshot snapshot;
    private final KvCursor cursor;
    private final SnapshotPoint point;
    private final CRC32C sum = new CRC32C();
    private final ByteBuffer body = ByteBuffer.allocate(SnapshotFrame.BODY_BYTES_MAX);
    private ByteBuffer row = ByteBuffer.allocate(0);
    private int frames;
    private long rows;
    private long bytes;
    private boolean rowsEnded;
    private boolean ended;

    private SnapshotSource(KvSnapshot snapshot, KvCursor cursor, SnapshotPoint point) {
        this.snapshot = snapshot;
        this.cursor = cursor;
        this.point = point;
    }

    static SnapshotSource over(KvSnapshot snapshot, int group, Object where) {
        boolean opened = false;
        try {
            SnapshotPoint point = StateStore.point(snapshot, StateKeys.applied(group), where);
            if (point == null) {
                throw StoreRefusedException.damaged(where, "up to where it is applied");
            }
            SnapshotSource source =
                    new SnapshotSource(snapshot, snapshot.scan(StateKeys.first(group), StateKeys.end(group)), point);
            opened = true;
            return source;
        } finally {
            if (!opened) {
                snapshot.close();
            }
        }
    }

    /** Up to where the state that is copied is applied. */
    public SnapshotPoint point() {
        return point;
    }

    /** Bytes of the frames returned so far. */
    public long sentBytes() {
        return bytes;
    }

    /** The next frame, read from disk; null after the last one, which carries the totals. */
    public byte @Nullable [] next() {
        if (ended) {
            return null;
        }
        body.clear();
        while (body.hasRemaining() && (row.hasRemaining() || nextRow())) {
            int count = Math.min(body.remaining(), row.remaining());
            body.put(row.slice(row.position(), count));
            row.position(row.position() + count);
        }
        body.flip();
        if (body.hasRemaining()) {
            bytes += body.remaining();
            return new SnapshotFrame(frames++, false, body).toBytes(sum);
        }
        ended = true;
        SnapshotFrame.Totals totals = new SnapshotFrame.Totals(rows, bytes, point);
        return new SnapshotFrame(frames++, true, ByteBuffer.wrap(totals.toBytes())).toBytes(sum);
    }

    private boolean nextRow() {
        if (rowsEnded || !cursor.next()) {
            rowsEnded = true;
            return false;
        }
        byte[] key = cursor.key();
        byte[] value = cursor.value();
        row = ByteBuffer.allocate(2 * Integer.BYTES + key.length + value.length)
                .putInt(key.length)
                .putInt(value.length)
                .put(key)
                .put(value)
                .flip();
        rows++;
        return true;
    }

    @Override
    public void close() {
        cursor.close();
        snapshot.close();
    }
}
