package io.mortar.journal.log;

import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.MemberId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The rows of a log: their keys, and what is in their values. */
final class LogRows {
    private static final byte VERSION = 1;
    private static final byte IDENTITY = 0;
    private static final byte HARD_STATE = 1;
    private static final byte START = 2;
    private static final byte ENTRY = 3;
    private static final int KEY_BYTES = 3;
    private static final int ENTRY_HEADER_BYTES = 2 + 2 * Long.BYTES;

    private LogRows() {}

    static byte[] identityKey(int group) {
        return key(group, IDENTITY, 0).array();
    }

    static byte[] hardStateKey(int group) {
        return key(group, HARD_STATE, 0).array();
    }

    static byte[] startKey(int group) {
        return key(group, START, 0).array();
    }

    static byte[] entryKey(int group, long index) {
        return key(group, ENTRY, Long.BYTES).putLong(index).array();
    }

    /** After every entry. */
    static byte[] entriesEnd(int group) {
        return key(group, (byte) (ENTRY + 1), 0).array();
    }

    private static ByteBuffer key(int group, byte table, int more) {
        return ByteBuffer.allocate(KEY_BYTES + more).putShort((short) group).put(table);
    }

    static long index(byte[] entryKey) {
        return ByteBuffer.wrap(entryKey).getLong(KEY_BYTES);
    }

    static byte[] hardState(HardState state) {
        MemberId vote = state.vote();
        byte[] name = vote == null ? new byte[0] : vote.value().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Long.BYTES + Short.BYTES + name.length)
                .put(VERSION)
                .putLong(state.term())
                .putShort((short) name.length)
                .put(name)
                .array();
    }

    static HardState hardState(byte[] value, Object where) {
        return fields(value, where, fields -> {
            long term = fields.getLong();
            byte[] name = new byte[Short.toUnsignedInt(fields.getShort())];
            fields.get(name);
            return new HardState(
                    term, name.length == 0 ? null : new MemberId(new String(name, StandardCharsets.UTF_8)));
        });
    }

    /** @param previousTerm of the entry before, which shows when an entry that was replaced is back */
    static byte[] entry(Entry entry, long previousTerm) {
        return ByteBuffer.allocate(ENTRY_HEADER_BYTES + entry.payload().length)
                .put(VERSION)
                .put(tag(entry.kind()))
                .putLong(entry.term())
                .putLong(previousTerm)
                .put(entry.payload())
                .array();
    }

    /** An entry, and the term of the one before it. */
    record Stored(Entry entry, long previousTerm) {}

    static Stored entry(long index, byte[] value, Object where) {
        return fields(value, where, fields -> {
            Entry.Kind kind = kind(fields.get(), index, where);
            long term = fields.getLong();
            long previousTerm = fields.getLong();
            byte[] payload = new byte[fields.remaining()];
            fields.get(payload);
            return new Stored(new Entry(index, term, kind, payload), previousTerm);
        });
    }

    private static byte tag(Entry.Kind kind) {
        return switch (kind) {
            case EMPTY -> 0;
            case ROWS -> 1;
            case MEMBERSHIP -> 2;
        };
    }

    private static Entry.Kind kind(byte tag, long index, Object where) {
        return switch (tag) {
            case 0 -> Entry.Kind.EMPTY;
            case 1 -> Entry.Kind.ROWS;
            case 2 -> Entry.Kind.MEMBERSHIP;
            default ->
                throw new StoreRefusedException(where + " has an entry " + index + " of a kind " + tag
                        + " that this version of Mortar does not know: use a newer one");
        };
    }

    private interface Fields<T> {
        T read(ByteBuffer fields);
    }

    private static <T> T fields(byte[] value, Object where, Fields<T> read) {
        ByteBuffer fields = ByteBuffer.wrap(value);
        if (value.length == 0 || fields.get() != VERSION) {
            throw new StoreRefusedException(where + " has a row of format version "
                    + (value.length == 0 ? "none" : value[0]) + ", this version of Mortar reads " + VERSION
                    + ": use a newer one");
        }
        try {
            return read.read(fields);
        } catch (BufferUnderflowException e) {
            throw StoreRefusedException.damaged(
                    where, "a row of " + value.length + " bytes is shorter than its fields");
        }
    }
}
