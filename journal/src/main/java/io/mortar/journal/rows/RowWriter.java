package io.mortar.journal.rows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Builds the value of a row: format version, fields, CRC32C over key and value. */
final class RowWriter {
    static final int VERSION = 1;

    private ByteBuffer buffer;

    RowWriter(int sizeBytes) {
        buffer = ByteBuffer.allocate(sizeBytes + 64).put((byte) VERSION);
    }

    RowWriter number(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    RowWriter flag(boolean value) {
        room(1).put((byte) (value ? 1 : 0));
        return this;
    }

    /** At most 65535 bytes of UTF-8. */
    RowWriter text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0xffff) {
            throw new IllegalArgumentException("text of " + bytes.length + " bytes is longer than 65535");
        }
        room(Short.BYTES + bytes.length).putShort((short) bytes.length).put(bytes);
        return this;
    }

    RowWriter payload(Payload value) {
        room(Integer.BYTES).putInt(value.serializerId());
        text(value.manifest());
        room(Integer.BYTES + value.bytes().length).putInt(value.bytes().length).put(value.bytes());
        return this;
    }

    /** The value of the row under {@code key}. */
    byte[] seal(byte[] key) {
        int length = room(Integer.BYTES).position();
        buffer.putInt(crc(key, buffer.array(), length));
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    static int crc(byte[] key, byte[] value, int length) {
        CRC32C crc = new CRC32C();
        crc.update(key);
        crc.update(value, 0, length);
        return (int) crc.getValue();
    }

    private ByteBuffer room(int count) {
        if (buffer.remaining() < count) {
            int grown = Math.max(2 * buffer.capacity(), buffer.position() + count);
            buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), grown)).position(buffer.position());
        }
        return buffer;
    }
}
