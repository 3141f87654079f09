package io.mortar.journal.state;

import io.mortar.journal.kv.KvFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a group's stores lie: {@code log}, some {@code state-<n>}, and the file {@code current} that names the state in use. A new state
 * takes effect when {@code current} is renamed over the old one; other states are leftovers. Used by one thread at a time, while the
 * log's store holds the lock of its directory.
 */
final class StateDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);
    private static final String PREFIX = "state-";
    private static final String CURRENT = "current";

    private final Path directory;

    StateDirectory(Path directory) {
        this.directory = directory;
    }

    Path log() {
        return directory.resolve("log");
    }

    Path first() {
        return directory.resolve(PREFIX + 1);
    }

    /** The state in use; empty when nothing was ever made here completely. */
    Optional<Path> current() {
        Path file = directory.resolve(CURRENT);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            return Optional.of(directory.resolve(
                    Files.readString(file, StandardCharsets.US_ASCII).strip()));
        } catch (IOException e) {
            throw new KvFailedException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A name that no state has. */
    Path next() {
        long highest = states().stream().mapToLong(StateDirectory::number).max().orElse(0);
        return directory.resolve(PREFIX + (highest + 1));
    }

    /** Puts {@code state}, all of which must be on stable storage, into use; durable on return. */
    void use(Path state) {
        Path temporary = directory.resolve(CURRENT + ".new");
        ByteBuffer name = StandardCharsets.US_ASCII.encode(state.getFileName() + "\n");
        try {
            sync(state);
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                while (name.hasRemaining()) {
                    channel.write(name);
                }
                channel.force(true);
            }
            Files.move(temporary, directory.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
            sync(directory);
        } catch (IOException e) {
            throw new KvFailedException(state + " cannot be put into use: " + e.getMessage(), e);
        }
    }

    /** Makes the names in {@code directory} durable. */
    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Deletes every state but {@code used}. */
    void removeLeftovers(Path used) {
        for (Path state : states()) {
            if (!state.equals(used)) {
                remove(state);
            }
        }
    }

    /** Deletes {@code state}, which must not be open; what cannot be deleted is left over until the next start. */
    void remove(Path state) {
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("a state that is not in use cannot be deleted, it only takes room state={}", state, e);
        }
    }

    private List<Path> states() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.getFileName().toString().matches(PREFIX + "[0-9]{1,18}"))
                    .toList();
        } catch (IOException e) {
            throw new KvFailedException(directory + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static long number(Path state) {
        return Long.parseLong(state.getFileName().toString().substring(PREFIX.length()));
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
