package io.mortar.journal.state;

import io.mortar.journal.log.StoredPoint;
import io.mortar.journal.raft.SnapshotPoint;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One frame of a copy of a state; {@code docs/formats/metadata-state.md} has the format.
 *
 * @param number from 0
 * @param last whether the body is the {@link Totals}; else it is a piece of the rows
 */
record SnapshotFrame(int number, boolean last, ByteBuffer body) {
    /** The whole frame, of rows or of totals. */
    static final int SIZE_BYTES_MAX = 128 * 1024;

    private static final byte VERSION = 1;
    private static final byte ROWS = 0;
    private static final byte TOTALS = 1;
    private static final int HEADER_BYTES = 2 + Integer.BYTES;
    static final int BODY_BYTES_MAX = SIZE_BYTES_MAX - HEADER_BYTES - Integer.BYTES;

    /** @param sum over all bodies of the copy, to which this one is added */
    byte[] toBytes(CRC32C sum) {
        sum.update(body.duplicate());
        return ByteBuffer.allocate(HEADER_BYTES + body.remaining() + Integer.BYTES)
                .put(VERSION)
                .put(last ? TOTALS : ROWS)
                .putInt(number)
                .put(body.duplicate())
                .putInt((int) sum.getValue())
                .array();
    }

    /**
     * Throws {@link IllegalArgumentException} when {@code bytes} are no frame, or not what was sent.
     *
     * @param sum over all bodies before, to which this one is added
     */
    static SnapshotFrame read(byte[] bytes, CRC32C sum) {
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        int bodyBytes = bytes.length - HEADER_BYTES - Integer.BYTES;
        if (bodyBytes < 0 || bodyBytes > BODY_BYTES_MAX || fields.get() != VERSION) {
            throw new IllegalArgumentException("a frame of " + bytes.length + " bytes and format version "
                    + (bytes.length == 0 ? "none" : bytes[0]) + ", this version of Mortar reads " + VERSION);
        }
        byte kind = fields.get();
        if (kind != ROWS && kind != TOTALS) {
            throw new IllegalArgumentException("a frame of unknown kind " + kind);
        }
        int number = fields.getInt();
        ByteBuffer body = fields.slice(HEADER_BYTES, bodyBytes);
        sum.update(body.duplicate());
        if (fields.getInt(HEADER_BYTES + bodyBytes) != (int) sum.getValue()) {
            throw new IllegalArgumentException("frame " + number + " does not match its checksum");
        }
        return new SnapshotFrame(number, kind == TOTALS, body);
    }

    /** What a complete copy holds. */
    record Totals(long rows, long bytes, SnapshotPoint point) {
        byte[] toBytes() {
            byte[] stored = StoredPoint.toBytes(point);
            return ByteBuffer.allocate(2 * Long.BYTES + stored.length)
                    .putLong(rows)
                    .putLong(bytes)
                    .put(stored)
                    .array();
        }

        static Totals read(ByteBuffer body) {
            try {
                long rows = body.getLong();
                long bytes = body.getLong();
                byte[] stored = new byte[body.remaining()];
                body.get(stored);
                return new Totals(rows, bytes, StoredPoint.read(stored));
            } catch (BufferUnderflowException e) {
                throw new IllegalArgumentException("a copy's totals are shorter than their fields", e);
            }
        }
    }
}
