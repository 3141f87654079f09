package io.mortar.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Primitive reads that check what they read against what is there. */
final class WireBytes {
    /** What Java puts in the place of bytes that are not UTF-8; also a character in its own right. */
    private static final char REPLACEMENT = '\ufffd';

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
        byte[] utf8 = readBytes(bytes);
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)) {
            throw new WireFormatException("a text of " + utf8.length + " bytes is not UTF-8");
        }
        return text;
    }

    static void need(ByteBuffer bytes, int count) {
        if (bytes.remaining() < count) {
            throw new WireFormatException(count + " bytes wanted, " + bytes.remaining() + " left");
        }
    }
}
