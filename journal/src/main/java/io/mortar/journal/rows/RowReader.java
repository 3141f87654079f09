package io.mortar.journal.rows;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Takes apart what {@link RowWriter} built. Throws {@link DamagedJournalException} on anything else. */
final class RowReader {
    private final ByteBuffer fields;
    private final String what;

    /** @param what names the row in errors */
    RowReader(byte[] key, byte[] value, String what) {
        this.what = what;
        int length = value.length - Integer.BYTES;
        if (length < 1 || ByteBuffer.wrap(value).getInt(length) != RowWriter.crc(key, value, length)) {
            throw new DamagedJournalException(
                    what + " is damaged, its checksum does not match: restore the journal from a copy");
        }
        fields = ByteBuffer.wrap(value, 0, length);
        int version = fields.get();
        if (version != RowWriter.VERSION) {
            throw new DamagedJournalException(what + " has format version " + version
                    + ", this version of Mortar reads " + RowWriter.VERSION + ": use a newer one");
        }
    }

    long number() {
        return read(fields::getLong);
    }

    boolean hasMore() {
        return fields.hasRemaining();
    }

    boolean flag() {
        return read(fields::get) != 0;
    }

    String text() {
        return read(() -> new String(bytes(Short.toUnsignedInt(fields.getShort())), StandardCharsets.UTF_8));
    }

    Payload payload() {
        int serializerId = read(fields::getInt);
        String manifest = text();
        return new Payload(serializerId, manifest, read(() -> bytes(fields.getInt())));
    }

    private byte[] bytes(int length) {
        if (length < 0 || length > fields.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        fields.get(bytes);
        return bytes;
    }

    private interface Read<T> {
        T run();
    }

    private <T> T read(Read<T> read) {
        try {
            return read.run();
        } catch (BufferUnderflowException e) {
            throw new DamagedJournalException(what + " is shorter than its fields");
        }
    }
}
