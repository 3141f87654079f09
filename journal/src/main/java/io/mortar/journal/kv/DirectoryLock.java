package io.mortar.journal.kv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a directory to one store in one process. The lock goes with the process, however it ends. */
final class DirectoryLock implements AutoCloseable {
    private static final String FILE = "OWNER";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes the directory if missing and locks it. Throws {@link KvFailedException} naming the process that holds it. */
    static DirectoryLock take(Path directory) {
        FileChannel channel;
        try {
            makeDurably(directory.toAbsolutePath());
            channel = FileChannel.open(
                    directory.resolve(FILE),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new KvFailedException("store " + directory + " cannot be made: " + e.getMessage(), e);
        }
        try {
            if (channel.tryLock() == null) {
                throw new IOException("process " + holder(channel) + " has it open");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DirectoryLock(channel);
        } catch (OverlappingFileLockException | IOException e) {
            closeQuietly(channel);
            String found =
                    e instanceof IOException ? String.valueOf(e.getMessage()) : "this process has it open already";
            throw new KvFailedException("store " + directory + " cannot be locked: " + found, e);
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    }

    private static void makeDurably(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (!Files.isDirectory(directory)) {
            if (parent != null) {
                makeDurably(parent);
            }
            Files.createDirectory(directory);
            if (parent != null) {
                sync(parent);
            }
        }
    }

    /** Makes the names in {@code directory} durable. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new KvFailedException("a store's lock cannot be released", e);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
