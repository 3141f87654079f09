package io.mortar.journal.kv;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Checks that no batch is missing among a store's logs. A disk that reorders can lose the end of an older log and keep a newer one; each
 * log is whole then, and LevelDB would open the store without what was lost between. But LevelDB numbers all changes, and each batch
 * begins with its first number: so batches follow one another without a gap. Guarded by {@code LogHoleTest}.
 *
 * <p>The batch header is in {@code write_batch.cc} of LevelDB's sources, the manifest's records in {@code version_edit.cc}.
 */
final class LogSequence {
    private static final int COMPARATOR = 1;
    private static final int LOG_NUMBER = 2;
    private static final int NEXT_FILE = 3;
    private static final int LAST_SEQUENCE = 4;
    private static final int COMPACT_POINTER = 5;
    private static final int DELETED_FILE = 6;
    private static final int NEW_FILE = 7;
    private static final int PREVIOUS_LOG_NUMBER = 9;

    private long oldestLog;
    /** Changes up to here are in tables, if they are not in the logs that count. */
    private long inTables;

    private long next = -1;

    /** A record of the manifest: which log is the oldest that counts, and up to where tables have it all. */
    void readManifest(ByteBuffer edit) throws IOException {
        try {
            while (edit.hasRemaining()) {
                int tag = (int) number(edit);
                switch (tag) {
                    case LOG_NUMBER -> oldestLog = number(edit);
                    case LAST_SEQUENCE -> inTables = number(edit);
                    case NEXT_FILE, PREVIOUS_LOG_NUMBER -> number(edit);
                    case COMPARATOR -> skipText(edit);
                    case COMPACT_POINTER -> {
                        number(edit);
                        skipText(edit);
                    }
                    case DELETED_FILE -> {
                        number(edit);
                        number(edit);
                    }
                    case NEW_FILE -> {
                        number(edit);
                        number(edit);
                        number(edit);
                        skipText(edit);
                        skipText(edit);
                    }
                    default -> throw new IOException("the manifest has an entry of unknown kind " + tag);
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("the manifest has an entry that ends early", e);
        }
    }

    /** Whether the log of this number counts; older ones are in tables, and are only not deleted yet. */
    boolean counts(long logNumber) {
        return logNumber >= oldestLog;
    }

    /** A batch of a log that counts, in order. Throws {@link IOException} when batches before it are missing. */
    void readBatch(Path log, ByteBuffer batch) throws IOException {
        if (batch.remaining() < Long.BYTES + Integer.BYTES) {
            throw new IOException(log.getFileName() + " has a record that is no batch");
        }
        batch.order(ByteOrder.LITTLE_ENDIAN);
        long first = batch.getLong();
        int count = batch.getInt();
        boolean follows = next < 0 ? first <= inTables + 1 : first == next;
        if (!follows) {
            throw new IOException("the changes " + (next < 0 ? inTables + 1 : next) + " to " + (first - 1)
                    + " are missing before " + log.getFileName()
                    + ", they were acknowledged: restore the store from a copy");
        }
        next = first + count;
    }

    /** An unsigned number in groups of seven bits, the lowest first. */
    private static long number(ByteBuffer from) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte group = from.get();
            number |= (long) (group & 0x7f) << shift;
            if (group >= 0) {
                return number;
            }
        }
    }

    private static void skipText(ByteBuffer from) {
        int length = (int) number(from);
        from.position(from.position() + length);
    }
}
