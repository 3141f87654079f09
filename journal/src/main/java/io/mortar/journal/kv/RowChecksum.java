package io.mortar.journal.kv;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * How values are kept by an engine. The port to Java does not verify the checksums of its tables, so there each value carries the CRC32C
 * of its key and itself; a damaged key is then seen by scans, though not by a get of that key, which finds nothing.
 */
enum RowChecksum {
    /** The engine verifies what it reads. */
    BY_ENGINE {
        @Override
        byte[] seal(byte[] key, byte[] value) {
            return value;
        }

        @Override
        byte[] open(byte[] key, byte[] kept) {
            return kept;
        }
    },
    IN_VALUE {
        @Override
        byte[] seal(byte[] key, byte[] value) {
            byte[] kept = Arrays.copyOf(value, value.length + Integer.BYTES);
            ByteBuffer.wrap(kept).putInt(value.length, crc(key, value, value.length));
            return kept;
        }

        @Override
        byte[] open(byte[] key, byte[] kept) {
            int length = kept.length - Integer.BYTES;
            if (length < 0 || ByteBuffer.wrap(kept).getInt(length) != crc(key, kept, length)) {
                throw new IllegalStateException("a row's checksum does not match: the store is damaged");
            }
            return Arrays.copyOf(kept, length);
        }
    };

    static RowChecksum of(KvEngine engine) {
        return engine == KvEngine.JNI ? BY_ENGINE : IN_VALUE;
    }

    abstract byte[] seal(byte[] key, byte[] value);

    /** The value in {@code kept}; throws {@link IllegalStateException} when it is damaged. */
    abstract byte[] open(byte[] key, byte[] kept);

    private static int crc(byte[] key, byte[] value, int length) {
        CRC32C crc = new CRC32C();
        crc.update(key);
        crc.update(value, 0, length);
        return (int) crc.getValue();
    }
}
