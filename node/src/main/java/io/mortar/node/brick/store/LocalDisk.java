package io.mortar.node.brick.store;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/** The machine's file systems. */
public final class LocalDisk implements Disk {
    private final DirectIo directIo = new DirectIo();

    @Override
    public DiskFile create(Path file) throws IOException {
        return new NewFile(
                file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), directIo);
    }

    @Override
    public Optional<DiskFile> open(Path file) throws IOException {
        try {
            return Optional.of(new StoredFile(FileChannel.open(file, StandardOpenOption.READ)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void forEach(Path directory, Consumer<String> action) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                action.accept(String.valueOf(entry.getFileName()));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return; // it has no names
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    @Override
    public boolean exists(Path path) {
        return path.toFile().exists(); // unlike Files.exists, makes no exception for the usual case of a new chunk
    }

    @Override
    public long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    @Override
    public Room room(Path directory) throws IOException {
        File file = directory.toFile(); // one system call; a FileStore would first read the table of mounts
        long totalBytes = file.getTotalSpace();
        if (totalBytes == 0) {
            throw new IOException("no room can be told for " + directory);
        }
        return new Room(totalBytes, file.getUsableSpace());
    }

    /** A file to be read. */
    private record StoredFile(FileChannel channel) implements DiskFile {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            throw new NonWritableChannelException();
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public boolean read(ByteBuffer bytes, long position) throws IOException {
            long next = position;
            while (bytes.hasRemaining()) {
                int count = channel.read(bytes, next);
                if (count < 0) {
                    return false;
                }
                next += count;
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** A file to be written. Sync is {@code fdatasync}, which also makes durable the length that reading the data back needs. */
    private record NewFile(Path path, FileChannel channel, DirectIo directIo) implements DiskFile {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            if (channel.position() == 0 && directIo.canWrite(path, bytes)) {
                directIo.write(path, bytes);
                channel.position(bytes.limit());
                return;
            }
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public boolean read(ByteBuffer bytes, long position) throws IOException {
            throw new NonReadableChannelException();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
