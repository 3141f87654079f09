package io.mortar.journal.state;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Keys of a state's rows: group, area, rest. */
final class StateKeys {
    private static final byte BOOKKEEPING = 0;
    private static final byte IDENTITY = 0;
    private static final byte APPLIED = 1;
    private static final byte INSTALLED = 2;

    private StateKeys() {}

    static byte[] identity(int group) {
        return bookkeeping(group, IDENTITY);
    }

    /** Where the point is kept up to which entries are applied. */
    static byte[] applied(int group) {
        return bookkeeping(group, APPLIED);
    }

    /** Where the point is kept at which this state was installed from a copy; none if it was not. */
    static byte[] installed(int group) {
        return bookkeeping(group, INSTALLED);
    }

    private static byte[] bookkeeping(int group, byte item) {
        return ByteBuffer.allocate(4)
                .putShort((short) group)
                .put(BOOKKEEPING)
                .put(item)
                .array();
    }

    static byte[] prefix(int group, Area area) {
        return ByteBuffer.allocate(3)
                .putShort((short) group)
                .put((byte) area.tag())
                .array();
    }

    /** Before every key of the group. */
    static byte[] first(int group) {
        return ByteBuffer.allocate(2).putShort((short) group).array();
    }

    /** After every key of the group. */
    static byte[] end(int group) {
        return ByteBuffer.allocate(3).putShort((short) group).put((byte) 0xff).array();
    }

    static byte[] join(byte[] prefix, byte[] key) {
        byte[] joined = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, joined, prefix.length, key.length);
        return joined;
    }
}
