package io.mortar.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Primitive reads that check what they read against what is there. */
final class WireBytes {
    private WireBytes() {}

    /** A non-negative length, in bytes, that fits into what remains. */
    static int readLength(ByteBuffer bytes) {
        need(bytes, Integer.BYTES);
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new WireFormatException(
                    "length " + length + " does not fit the " + bytes.remaining() + " bytes left");
        }
        return length;
    }

    static byte[] readBytes(ByteBuffer bytes) {
        byte[] value = new byte[readLength(bytes)];
        bytes.get(value);
        return value;
    }

    static String readString(ByteBuffer bytes) {
        return new String(readBytes(bytes), StandardCharsets.UTF_8);
    }

    static void need(ByteBuffer bytes, int count) {
        if (bytes.remaining() < count) {
            throw new WireFormatException(count + " bytes wanted, " + bytes.remaining() + " left");
        }
    }
}
