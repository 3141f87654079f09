package io.mortar.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of big-endian bytes. Not safe for use by several threads. */
public final class ByteSink {
    private ByteBuffer buffer = ByteBuffer.allocate(256);

    public void writeByte(int value) {
        room(1).put((byte) value);
    }

    public void writeInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    public void writeLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    /** Length and UTF-8 bytes. */
    public void writeString(String value) {
        writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Length and bytes. */
    public void writeBytes(byte[] value) {
        writeInt(value.length);
        room(value.length).put(value);
    }

    /** Reserves a length; returns what {@link #endLength} needs to fill it in. */
    int beginLength() {
        writeInt(0);
        return buffer.position();
    }

    void endLength(int start) {
        buffer.putInt(start - Integer.BYTES, buffer.position() - start);
    }

    /** All bytes so far, in a new array. */
    public byte[] toArray() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private ByteBuffer room(int count) {
        if (buffer.remaining() < count) {
            int grown = Math.max(buffer.capacity() * 2, Math.addExact(buffer.position(), count));
            buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), grown)).position(buffer.position());
        }
        return buffer;
    }
}
