package io.mortar.journal.space;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** A file that only takes room, so that room can be had when the disk is full. Not safe for use by several threads. */
final class ReserveFile {
    private static final int BLOCK_BYTES = 256 * 1024;

    private final Path file;
    private final long sizeBytes;

    ReserveFile(Path file, long sizeBytes) {
        this.file = file;
        this.sizeBytes = sizeBytes;
    }

    boolean isHeld() throws IOException {
        return sizeBytes == 0 || (Files.exists(file) && Files.size(file) == sizeBytes);
    }

    /** Takes the room; noise rather than zeros, since file systems that compress or cut holes would not keep room for zeros. */
    void take() throws IOException {
        Files.deleteIfExists(file);
        SplittableRandom noise = new SplittableRandom(sizeBytes);
        byte[] block = new byte[BLOCK_BYTES];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long left = sizeBytes; left > 0; ) {
                noise.nextBytes(block);
                ByteBuffer bytes = ByteBuffer.wrap(block, 0, (int) Math.min(left, BLOCK_BYTES));
                while (bytes.hasRemaining()) {
                    left -= channel.write(bytes);
                }
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    void release() throws IOException {
        Files.deleteIfExists(file);
    }
}
