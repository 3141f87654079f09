package io.mortar.journal.kv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks LevelDB's logs before LevelDB reads them, and cuts what a power loss left at their end. Left alone, LevelDB either refuses a
 * store for a record that was never acknowledged, or drops a bad record with all that follow it in its 32 KiB block, acknowledged ones
 * too (the port to Java always does). Since every write is synced before the next one begins, only the last record of the newest log,
 * or of the manifest, can be torn: so a bad record is cut if it is the last one and looks torn, and any other one is damage.
 *
 * <p>A log is read at once: it is about as large as a write buffer. Its format is that of {@code doc/log_format.txt} in LevelDB's sources. Guarded by {@code LogTailTest} and {@code CrashTest}.
 */
final class LogTail {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final int BLOCK_BYTES = 32 * 1024;
    static final int HEADER_BYTES = 7;
    /** What a disk writes as one: a torn record lacks at least one of these. */
    private static final int SECTOR_BYTES = 512;

    static final int FULL = 1;
    static final int FIRST = 2;
    static final int LAST = 4;

    private final ByteBuffer log;

    private int complete;

    LogTail(ByteBuffer log) {
        this.log = log.order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Checks all logs of the store in {@code directory}, which must be locked and not open, and cuts those that may be torn. Throws
     * {@link IOException} when one is damaged, or when batches are missing between two.
     */
    static void cut(Path directory) throws IOException {
        Path current = directory.resolve("CURRENT");
        if (!Files.exists(current)) {
            return;
        }
        Path manifest = directory.resolve(
                Files.readString(current, StandardCharsets.US_ASCII).strip());
        LogSequence sequence = new LogSequence();
        if (Files.exists(manifest)) {
            check(manifest, true, sequence::readManifest);
        }
        List<Path> logs = logs(directory);
        for (int i = 0; i < logs.size(); i++) {
            Path log = logs.get(i);
            boolean counts = sequence.counts(number(log));
            check(log, i == logs.size() - 1, batch -> {
                if (counts) {
                    sequence.readBatch(log, batch);
                }
            });
        }
    }

    /** Oldest first. */
    private static List<Path> logs(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.getFileName().toString().matches("[0-9]+\\.log"))
                    .sorted(Comparator.comparingLong(LogTail::number))
                    .toList();
        }
    }

    private static long number(Path log) {
        String name = log.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    private static void check(Path file, boolean mayBeTorn, LogRecords.Reader reader) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            LogTail log = new LogTail(ByteBuffer.wrap(Files.readAllBytes(file)));
            Ending ending = log.ending();
            if (ending == Ending.DAMAGED || (ending == Ending.TORN && !mayBeTorn)) {
                throw new IOException(file.getFileName() + " is damaged at byte " + log.complete
                        + ", in what was acknowledged: restore the store from a copy");
            }
            if (ending == Ending.TORN) {
                channel.truncate(log.complete);
                channel.force(true);
                LOG.warn(
                        "torn write cut from the end of a log, it was never acknowledged file={} atByte={} sizeBytes={}",
                        file,
                        log.complete,
                        size);
            }
            LogRecords.each(log.log, log.complete, reader);
        }
    }

    /** How a log ends. */
    enum Ending {
        WHOLE,
        /** Its last record was not written completely. */
        TORN,
        DAMAGED
    }

    Ending ending() {
        int at = 0;
        while (isIntact(at)) {
            int end = at + HEADER_BYTES + lengthAt(at);
            if (typeAt(at) == FULL || typeAt(at) == LAST) {
                complete = end;
            }
            at = skipTrailer(end);
        }
        if (isZero(complete, log.limit())) {
            return Ending.WHOLE;
        }
        return looksTorn(at) && !hasRecordAfter(at) ? Ending.TORN : Ending.DAMAGED;
    }

    /** Where the last complete record ends, once {@link #ending} was called. */
    int completeBytes() {
        return complete;
    }

    /** A block's last bytes stay empty when they are too few for a header. */
    static int skipTrailer(int at) {
        int left = BLOCK_BYTES - at % BLOCK_BYTES;
        return left < HEADER_BYTES ? at + left : at;
    }

    private boolean isIntact(int at) {
        if (at + HEADER_BYTES > log.limit()) {
            return false;
        }
        int type = typeAt(at);
        int length = lengthAt(at);
        int blockLeft = BLOCK_BYTES - at % BLOCK_BYTES;
        if (type < FULL || type > LAST || HEADER_BYTES + length > Math.min(blockLeft, log.limit() - at)) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(log.slice(at + HEADER_BYTES - 1, 1 + length));
        int value = (int) crc.getValue();
        int masked = Integer.rotateRight(value, 15) + 0xa282ead8;
        return masked == log.getInt(at);
    }

    private int lengthAt(int at) {
        return lengthAt(log, at);
    }

    private int typeAt(int at) {
        return typeAt(log, at);
    }

    static int lengthAt(ByteBuffer log, int at) {
        return Short.toUnsignedInt(log.getShort(at + 4));
    }

    static int typeAt(ByteBuffer log, int at) {
        return log.get(at + 6);
    }

    /** Whether a good record begins after the bad one: then the bad one was not the last, so it was acknowledged, and has rotted. */
    private boolean hasRecordAfter(int bad) {
        for (int at = Math.max(complete + 1, bad); at + HEADER_BYTES <= log.limit(); at++) {
            int type = typeAt(at);
            if ((type == FULL || type == FIRST) && isIntact(at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the bad fragment goes beyond the file's end, or a sector of it was never written. */
    private boolean looksTorn(int bad) {
        if (bad + HEADER_BYTES > log.limit()) {
            return true;
        }
        int blockEnd = bad - bad % BLOCK_BYTES + BLOCK_BYTES;
        int end = Math.min(bad + HEADER_BYTES + lengthAt(bad), blockEnd);
        if (end > log.limit()) {
            return true;
        }
        for (int from = bad; from < end; ) {
            int to = Math.min(from - from % SECTOR_BYTES + SECTOR_BYTES, end);
            if (isZero(from, to)) {
                return true;
            }
            from = to;
        }
        return false;
    }

    private boolean isZero(int from, int to) {
        for (int at = from; at < to; at++) {
            if (log.get(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
