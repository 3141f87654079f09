package io.mortar.benchmarks.machine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Incompressible files that are the same in every run. */
public final class SeededFile {
    private static final int BLOCK_BYTES = 1024 * 1024;

    private SeededFile() {}

    public static Path create(Path file, long seed, long sizeBytes) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] block = new byte[BLOCK_BYTES];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = sizeBytes; left > 0; left -= BLOCK_BYTES) {
                random.nextBytes(block);
                out.write(block, 0, (int) Math.min(BLOCK_BYTES, left));
            }
        }
        return file;
    }

    public static byte[] bytes(long seed, int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
