package io.mortar.cli.demo;

import io.mortar.cli.failure.CommandFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** The file that the demo uploads: pseudo-random bytes, which no layer can compress or guess, the same in every run. */
final class SampleFile {
    private static final long SEED = 20_261_122;
    private static final int BLOCK_BYTES = 1 << 20;

    private SampleFile() {}

    /** Writes {@code sizeBytes} bytes and returns their SHA-256 in hex. */
    static String write(Path file, long sizeBytes) {
        SplittableRandom random = new SplittableRandom(SEED);
        MessageDigest digest = sha256();
        byte[] block = new byte[BLOCK_BYTES];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long leftBytes = sizeBytes; leftBytes > 0; leftBytes -= BLOCK_BYTES) {
                int count = (int) Math.min(leftBytes, BLOCK_BYTES);
                random.nextBytes(block);
                out.write(block, 0, count);
                digest.update(block, 0, count);
            }
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot write the sample " + file + ": " + e.getMessage());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of a stream in hex. */
    static String digest(InputStream in) throws IOException {
        MessageDigest digest = sha256();
        byte[] block = new byte[BLOCK_BYTES];
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            digest.update(block, 0, count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
