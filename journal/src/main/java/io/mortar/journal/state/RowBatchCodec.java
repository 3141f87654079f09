package io.mortar.journal.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A {@link RowBatch} as the payload of a log entry; {@code docs/formats/metadata-log.md} has the format. */
public final class RowBatchCodec {
    private static final byte VERSION = 1;
    private static final byte PUT = 0;
    private static final byte DELETE = 1;
    private static final int HEADER_BYTES = 1 + Integer.BYTES;
    private static final int ROW_BYTES = 1 + 1 + Short.BYTES;

    private RowBatchCodec() {}

    /** Bytes that {@link #encode} makes of {@code batch}. */
    public static int sizeBytes(RowBatch batch) {
        int sum = HEADER_BYTES;
        for (RowBatch.Row row : batch.rows()) {
            byte[] value = row.value();
            sum += ROW_BYTES + row.key().length + (value == null ? 0 : Integer.BYTES + value.length);
        }
        return sum;
    }

    public static byte[] encode(RowBatch batch) {
        ByteBuffer buffer = ByteBuffer.allocate(sizeBytes(batch)).put(VERSION);
        buffer.putInt(batch.rows().size());
        for (RowBatch.Row row : batch.rows()) {
            byte[] value = row.value();
            buffer.put((byte) row.area().tag()).put(value == null ? DELETE : PUT);
            buffer.putShort((short) row.key().length).put(row.key());
            if (value != null) {
                buffer.putInt(value.length).put(value);
            }
        }
        return buffer.array();
    }

    /** Throws {@link IllegalArgumentException} when {@code bytes} are not exactly one batch of a version that is known here. */
    public static RowBatch decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            byte version = buffer.get();
            if (version != VERSION) {
                throw new IllegalArgumentException("a batch of rows has format version " + version
                        + ", this version of Mortar reads " + VERSION + ": use a newer one");
            }
            int count = buffer.getInt();
            if (count < 0 || count > buffer.remaining() / ROW_BYTES) {
                throw new IllegalArgumentException(
                        "a batch of " + bytes.length + " bytes cannot have " + count + " rows");
            }
            List<RowBatch.Row> rows = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                rows.add(row(buffer));
            }
            if (buffer.hasRemaining()) {
                throw new IllegalArgumentException(
                        "a batch of rows is followed by " + buffer.remaining() + " bytes that are none");
            }
            return RowBatch.of(rows);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a batch of " + bytes.length + " bytes ends within a row", e);
        }
    }

    private static RowBatch.Row row(ByteBuffer buffer) {
        Area area = Area.of(buffer.get());
        byte change = buffer.get();
        byte[] key = bytes(buffer, Short.toUnsignedInt(buffer.getShort()));
        if (change == DELETE) {
            return new RowBatch.Row(area, key, null);
        }
        if (change != PUT) {
            throw new IllegalArgumentException("no change of a row has tag " + change);
        }
        return new RowBatch.Row(area, key, bytes(buffer, buffer.getInt()));
    }

    private static byte[] bytes(ByteBuffer buffer, int length) {
        if (length < 0 || length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
