package io.mortar.journal.kv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** LevelDB's newest log in the directory of a store that is not open: one record per batch. */
public record WalFile(Path file, byte[] bytes, List<Integer> ends) {
    private static final int BLOCK_BYTES = 32 * 1024;
    private static final int HEADER_BYTES = 7;

    public static WalFile newestOf(Path store) {
        try (Stream<Path> files = Files.list(store)) {
            Path file = files.filter(f -> f.toString().endsWith(".log"))
                    .max(Path::compareTo)
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            return new WalFile(file, bytes, ends(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> ends(byte[] log) {
        List<Integer> ends = new ArrayList<>(List.of(0));
        int at = 0;
        while (at + HEADER_BYTES <= log.length) {
            int left = BLOCK_BYTES - at % BLOCK_BYTES;
            if (left < HEADER_BYTES) {
                at += left;
                continue;
            }
            int type = log[at + 6];
            if (type == 0) {
                break;
            }
            at += HEADER_BYTES + (log[at + 4] & 0xff) + ((log[at + 5] & 0xff) << 8);
            if (type == 1 || type == 4) {
                ends.add(at);
            }
        }
        return ends;
    }

    public int records() {
        return ends.size() - 1;
    }

    /** Leaves the first {@code records}, and {@code more} bytes of the next one. */
    public void cut(int records, int more) {
        write(file, Arrays.copyOf(bytes, ends.get(records) + more));
    }

    /** Bytes of the record after the first {@code records}. */
    public int sizeBytes(int records) {
        return ends.get(records + 1) - ends.get(records);
    }

    /** Moves what follows the first {@code records} to a newer log, and leaves {@code kept} of them in this one. */
    public void cutBeforeNewer(int records, int kept) {
        write(file, Arrays.copyOf(bytes, ends.get(kept)));
        int from = ends.get(records);
        int to = ends.get(records());
        write(file.resolveSibling("999999.log"), Arrays.copyOfRange(bytes, from, to));
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
