package io.mortar.journal.kv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The records of a log, put together from their fragments; of a part of it that {@link LogTail} has found whole. */
final class LogRecords {
    private LogRecords() {}

    /** Takes the records of a log in order. */
    interface Reader {
        void read(ByteBuffer record) throws IOException;
    }

    /** @param end where the last record ends */
    static void each(ByteBuffer log, int end, Reader reader) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        for (int at = 0; at < end; ) {
            int length = LogTail.lengthAt(log, at);
            int type = LogTail.typeAt(log, at);
            if (type == LogTail.FULL || type == LogTail.FIRST) {
                record.reset();
            }
            byte[] fragment = new byte[length];
            log.get(at + LogTail.HEADER_BYTES, fragment);
            record.write(fragment);
            if (type == LogTail.FULL || type == LogTail.LAST) {
                reader.read(ByteBuffer.wrap(record.toByteArray()));
            }
            at = LogTail.skipTrailer(at + LogTail.HEADER_BYTES + length);
        }
    }
}
