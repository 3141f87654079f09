package io.mortar.cli.transfer;

import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.remote.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A place on this machine. Symbolic links are followed. */
public record LocalPlace(Path path) implements Place {
    @Override
    public Optional<Item> find() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(new Item(name(), attributes.isDirectory(), attributes.size(), ""));
        } catch (IOException e) {
            throw failure("look at", e);
        }
    }

    @Override
    public void list(Consumer<Item> visitor) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                boolean directory = Files.isDirectory(entry);
                long sizeBytes = directory || !Files.exists(entry) ? 0 : Files.size(entry);
                visitor.accept(new Item(String.valueOf(entry.getFileName()), directory, sizeBytes, ""));
            }
        } catch (IOException e) {
            throw failure("list", e);
        }
    }

    @Override
    public Place child(String name) {
        return new LocalPlace(path.resolve(name));
    }

    @Override
    public String name() {
        Path last = path.toAbsolutePath().normalize().getFileName();
        return last == null ? "" : last.toString();
    }

    @Override
    public boolean isWithin(Place other) {
        return other instanceof LocalPlace local
                && path.toAbsolutePath()
                        .normalize()
                        .startsWith(local.path.toAbsolutePath().normalize());
    }

    @Override
    public Content read(Item item) {
        return LocalContent.of(path);
    }

    @Override
    public void write(Content content) {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                // A device or a pipe is written to, never replaced.
                try (OutputStream out = Files.newOutputStream(path)) {
                    transfer(content, out);
                }
                return;
            }
            try (PartFile part = PartFile.beside(Files.exists(path) ? path.toRealPath() : path)) {
                transfer(content, part.out());
                part.complete();
            }
        } catch (IOException e) {
            throw failure("write", e);
        }
    }

    @Override
    public void makeDirectory() {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw failure("make the directory", e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /** Copies {@code content} and checks that all of it came. */
    static void transfer(Content content, OutputStream out) throws IOException {
        try (InputStream in = content.open()) {
            long bytes = in.transferTo(out);
            out.flush();
            if (content.sizeBytes() >= 0 && bytes != content.sizeBytes()) {
                throw new IOException("received " + bytes + " of " + content.sizeBytes() + " bytes");
            }
        }
    }

    private CommandFailedException failure(String attempt, IOException e) {
        return CommandFailedException.failed("cannot " + attempt + " " + path + ": " + reason(e));
    }

    private static String reason(IOException e) {
        @Nullable String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        if (reason != null) {
            return reason;
        }
        return switch (e.getClass().getSimpleName()) {
            case "NoSuchFileException" -> "there is no such file or directory";
            case "AccessDeniedException" -> "permission denied";
            case "FileAlreadyExistsException" -> "a file is in the way";
            default -> e.toString();
        };
    }
}
