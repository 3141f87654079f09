package io.mortar.journal.rows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Keys of the journal's rows: a table's letter, the persistence id with its length, and for some a sequence number. */
public final class JournalKeys {
    /** Bytes of a persistence id in UTF-8, at most. */
    static final int ID_BYTES_MAX = 1024;

    private static final byte EVENT = 'E';
    private static final byte HIGHEST = 'H';
    private static final byte DELETED = 'D';
    private static final byte SNAPSHOT = 'S';

    private JournalKeys() {}

    static byte[] event(String persistenceId, long sequenceNr) {
        return numbered(EVENT, persistenceId, sequenceNr);
    }

    /** Where the highest sequence number ever written is kept. */
    static byte[] highest(String persistenceId) {
        return prefix(HIGHEST, persistenceId, 0).array();
    }

    /** Where the sequence number up to which events were deleted is kept. */
    static byte[] deleted(String persistenceId) {
        return prefix(DELETED, persistenceId, 0).array();
    }

    static byte[] snapshot(String persistenceId, long sequenceNr) {
        return numbered(SNAPSHOT, persistenceId, sequenceNr);
    }

    /** Before the rows of all highest numbers. */
    static byte[] highestFirst() {
        return new byte[] {HIGHEST};
    }

    /** Behind them. */
    static byte[] highestEnd() {
        return new byte[] {HIGHEST + 1};
    }

    /** The persistence id in the key of any row. */
    static String persistenceId(byte[] key) {
        int length = Short.toUnsignedInt(ByteBuffer.wrap(key).getShort(1));
        return new String(key, 1 + Short.BYTES, length, StandardCharsets.UTF_8);
    }

    /** The sequence number at the end of an event's or a snapshot's key. */
    static long sequenceNr(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }

    /** The upper bound of a scan that is to reach {@code last}: one more, but never beyond the largest number. */
    static long after(long last) {
        return last == Long.MAX_VALUE ? last : last + 1;
    }

    private static byte[] numbered(byte table, String persistenceId, long sequenceNr) {
        return prefix(table, persistenceId, Long.BYTES)
                .putLong(Math.max(0, sequenceNr))
                .array();
    }

    private static ByteBuffer prefix(byte table, String persistenceId, int more) {
        byte[] id = persistenceId.getBytes(StandardCharsets.UTF_8);
        if (id.length > ID_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "persistence id of " + id.length + " bytes is longer than " + ID_BYTES_MAX);
        }
        return ByteBuffer.allocate(1 + Short.BYTES + id.length + more)
                .put(table)
                .putShort((short) id.length)
                .put(id);
    }
}
