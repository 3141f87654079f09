package io.mortar.multijvm.pool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system of its own, in memory, that can be filled. Takes Linux and root. */
public final class SmallDisk implements AutoCloseable {
    private static final int PIECE_BYTES = 1 << 20;

    private final Path directory;
    private final Path filling;

    private SmallDisk(Path directory) {
        this.directory = directory;
        this.filling = directory.resolve("filling");
    }

    /** Mounts one at {@code directory}; throws {@link IOException} where that is not allowed. */
    public static SmallDisk at(Path directory, int sizeMiB) throws IOException {
        Files.createDirectories(directory);
        run("mount", "-t", "tmpfs", "-o", "size=" + sizeMiB + "m", "tmpfs", directory.toString());
        return new SmallDisk(directory);
    }

    public long usableBytes() throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    /** Writes until no more than {@code leftBytes} are usable. */
    public void fill(long leftBytes) throws IOException {
        try (FileChannel file = FileChannel.open(filling, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (usableBytes() > leftBytes) {
                file.write(ByteBuffer.allocate((int) Math.min(PIECE_BYTES, usableBytes() - leftBytes)));
            }
        }
    }

    /** Undoes {@link #fill}. */
    public void clear() throws IOException {
        Files.deleteIfExists(filling);
    }

    /** Whatever is on it is gone; nobody may use it any more. */
    @Override
    public void close() throws IOException {
        run("umount", "--lazy", directory.toString());
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }
}
