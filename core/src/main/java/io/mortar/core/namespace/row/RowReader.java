package io.mortar.core.namespace.row;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads a value that {@link RowWriter} wrote. */
final class RowReader {
    private final ByteBuffer bytes;

    private RowReader(byte[] value) {
        bytes = ByteBuffer.wrap(value);
    }

    /** Reads the fields of {@code value} with {@code fields}, which must use up all of it. */
    static <T> T read(Table table, int version, byte[] value, Function<RowReader, T> fields) {
        return read(table, version, version, value, (in, found) -> fields.apply(in));
    }

    /** The same of a row that is of any version from {@code oldest} to {@code newest}, which {@code fields} is told. */
    static <T> T read(Table table, int oldest, int newest, byte[] value, BiFunction<RowReader, Integer, T> fields) {
        RowReader reader = new RowReader(value);
        try {
            int letter = reader.u8();
            if (letter != table.letter()) {
                throw new RowFormatException("row of table " + table + " begins with byte " + letter + " instead of "
                        + table.letter() + ": the store is damaged");
            }
            int found = reader.u8();
            if (found < oldest || found > newest) {
                throw new RowFormatException("row of table " + table + " has version " + found
                        + ", this release reads version " + (oldest == newest ? "" : oldest + " to ") + newest
                        + ": start the release that wrote it, or a newer one");
            }
            T row = fields.apply(reader, found);
            if (reader.bytes.hasRemaining()) {
                throw new RowFormatException("row of table " + table + " has " + reader.bytes.remaining()
                        + " bytes too many: the store is damaged");
            }
            return row;
        } catch (BufferUnderflowException e) {
            throw new RowFormatException(
                    "row of table " + table + " ends after " + value.length + " bytes: the store is damaged");
        }
    }

    int u8() {
        return bytes.get() & 0xff;
    }

    int u16() {
        return bytes.getShort() & 0xffff;
    }

    int u32() {
        return bytes.getInt();
    }

    long u64() {
        return bytes.getLong();
    }

    byte[] bytes(int count) {
        if (count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] value = new byte[count];
        bytes.get(value);
        return value;
    }

    byte[] rest() {
        return bytes(bytes.remaining());
    }
}
