package io.mortar.core.namespace.row;

import java.nio.ByteBuffer;

/** Writes a value: the table's letter, the version, then fields, big-endian. */
final class RowWriter {
    private final ByteBuffer bytes;

    private RowWriter(int sizeBytes) {
        bytes = ByteBuffer.allocate(sizeBytes);
    }

    /** Begins a value whose fields take exactly {@code fieldBytes}. */
    static RowWriter of(Table table, int version, int fieldBytes) {
        return new RowWriter(2 + fieldBytes).u8(table.letter()).u8(version);
    }

    RowWriter u8(int value) {
        bytes.put((byte) value);
        return this;
    }

    RowWriter u16(int value) {
        bytes.putShort((short) value);
        return this;
    }

    RowWriter u32(int value) {
        bytes.putInt(value);
        return this;
    }

    RowWriter u64(long value) {
        bytes.putLong(value);
        return this;
    }

    RowWriter bytes(byte[] value) {
        bytes.put(value);
        return this;
    }

    byte[] done() {
        if (bytes.hasRemaining()) {
            throw new AssertionError("row is " + bytes.remaining() + " bytes shorter than announced");
        }
        return bytes.array();
    }
}
