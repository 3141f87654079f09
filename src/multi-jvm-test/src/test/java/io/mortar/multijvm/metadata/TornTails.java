package io.mortar.multijvm.metadata;

import io.mortar.multijvm.pool.NodeProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Leaves a dead node's metadata as a power loss would: the newest log of every store ends with half of a record whose write was never
 * synced. Records before it were synced before the next one began, so nothing that was acknowledged is touched. The format is that of
 * {@code doc/log_format.txt} in LevelDB's sources.
 */
final class TornTails {
    private static final int BLOCK_BYTES = 32 * 1024;
    private static final int HEADER_BYTES = 7;
    private static final byte FULL = 1;
    private static final short RECORD_BYTES = 2000;
    private static final int WRITTEN_BYTES = 300;

    private TornTails() {}

    /** Returns how many logs were cut. */
    static int leaveIn(NodeProcess node) throws IOException {
        Map<Path, Path> newest = new HashMap<>();
        try (Stream<Path> files = Files.walk(node.spec().dataDirectory().resolve("metadata"))) {
            List<Path> logs = files.filter(file -> file.getFileName().toString().matches("[0-9]+\\.log"))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
            logs.forEach(log -> newest.put(log.resolveSibling(""), log));
        }
        for (Path log : newest.values()) {
            tear(log);
        }
        return newest.size();
    }

    private static void tear(Path log) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log)).order(ByteOrder.LITTLE_ENDIAN);
        int end = end(bytes);
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.truncate(end);
            if (BLOCK_BYTES - end % BLOCK_BYTES >= HEADER_BYTES + RECORD_BYTES) {
                ByteBuffer half =
                        ByteBuffer.allocate(HEADER_BYTES + WRITTEN_BYTES).order(ByteOrder.LITTLE_ENDIAN);
                half.putInt(0x12345678).putShort(RECORD_BYTES).put(FULL).rewind();
                file.write(half, end);
            }
        }
    }

    /** Where the last record ends; zeros may follow, since the file is mapped into memory in larger pieces. */
    private static int end(ByteBuffer log) {
        int place = 0;
        while (place + HEADER_BYTES <= log.limit()) {
            int left = BLOCK_BYTES - place % BLOCK_BYTES;
            if (left < HEADER_BYTES) {
                place += left;
                continue;
            }
            int length = Short.toUnsignedInt(log.getShort(place + Integer.BYTES));
            if (length == 0 && log.get(place + HEADER_BYTES - 1) == 0) {
                return place;
            }
            place += HEADER_BYTES + length;
        }
        return log.limit();
    }
}
