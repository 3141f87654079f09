package io.mortar.cli.local;

import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.terminal.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a pool on this machine keeps everything. A file in it says which command made it, so that no other directory is ever filled or
 * removed; another is locked as long as a command uses it.
 */
public final class LocalDirectory implements AutoCloseable {
    private static final String FORMAT = "1";
    /** Room that nodes leave free on their file system, and their own files. */
    private static final long RESERVE_BYTES_MAX = 1L << 30;

    private final String purpose;
    private final Path path;
    private final boolean temporary;
    private final FileChannel lock;

    private LocalDirectory(String purpose, Path path, boolean temporary, FileChannel lock) {
        this.purpose = purpose;
        this.path = path;
        this.temporary = temporary;
        this.lock = lock;
    }

    /**
     * Opens or makes the directory; refuses one that holds something else, is in use, or has too little room.
     *
     * @param purpose the command that it is for
     * @param wanted null for a temporary one
     * @param neededBytes besides what nodes leave free
     */
    public static LocalDirectory open(String purpose, @Nullable Path wanted, long neededBytes) {
        try {
            if (wanted == null) {
                return openTemporary(purpose, neededBytes);
            }
            Path path = wanted.toAbsolutePath().normalize();
            checkUse(purpose, path);
            Files.createDirectories(path);
            checkRoom(path, neededBytes);
            return mark(purpose, path, false);
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot use " + (wanted == null ? "a temporary directory" : wanted)
                    + " for the " + purpose + ": " + e + ".\nName a directory that you can write to with --dir.");
        }
    }

    public Path path() {
        return path;
    }

    boolean isTemporary() {
        return temporary;
    }

    public Path nodeDirectory(String name) {
        return path.resolve(name);
    }

    /** A fact of a directory that nobody has opened yet; {@code otherwise} if it does not say. Empty if no {@code purpose} made it. */
    public static Optional<String> recall(String purpose, Path directory, String key, String otherwise) {
        Path mark = directory.toAbsolutePath().normalize().resolve(mark(purpose));
        return Files.isRegularFile(mark) ? Optional.of(read(mark).getProperty(key, otherwise)) : Optional.empty();
    }

    /** A fact that an earlier run wrote down. */
    public Optional<String> recall(String key) {
        return Optional.ofNullable(read(path.resolve(mark(purpose))).getProperty(key));
    }

    public void remember(String key, String value) {
        Path mark = path.resolve(mark(purpose));
        Properties facts = read(mark);
        facts.setProperty(key, value);
        try {
            write(purpose, mark, facts);
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot write " + mark + ": " + e);
        }
    }

    /** Lets the directory go; a temporary one is removed with all in it. */
    @Override
    public void close() {
        if (temporary) {
            removeAll(path);
        }
        try {
            lock.close();
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot close the lock in " + path + ": " + e);
        }
    }

    private static LocalDirectory openTemporary(String purpose, long neededBytes) throws IOException {
        List<Path> places = new ArrayList<>(List.of(Path.of(System.getProperty("java.io.tmpdir"))));
        Path larger = Path.of("/var/tmp");
        if (Files.isWritable(larger)) {
            places.add(larger);
        }
        for (Path place : places) {
            if (lackingBytes(place, neededBytes) == 0) {
                return mark(purpose, Files.createTempDirectory(place, "mortar-" + purpose + "-"), true);
            }
        }
        checkRoom(places.get(places.size() - 1), neededBytes);
        throw new IOException("no room in " + places);
    }

    private static void checkUse(String purpose, Path path) throws IOException {
        if (!Files.exists(path) || Files.isRegularFile(path.resolve(mark(purpose)))) {
            return;
        }
        if (!Files.isDirectory(path)) {
            throw CommandFailedException.failed(
                    "cannot use " + path + " for the " + purpose + ": it is not a directory.");
        }
        try (Stream<Path> entries = Files.list(path)) {
            Optional<Path> foreign = entries.findFirst();
            if (foreign.isPresent()) {
                throw CommandFailedException.failed(
                        "cannot use " + path + " for the " + purpose + ": it is not empty (there is '"
                                + foreign.get().getFileName()
                                + "') and no " + purpose + " made it.\nName a new or empty directory with --dir.");
            }
        }
    }

    private static LocalDirectory mark(String purpose, Path path, boolean temporary) throws IOException {
        Path mark = path.resolve(mark(purpose));
        if (!Files.exists(mark)) {
            Properties facts = new Properties();
            facts.setProperty("format", FORMAT);
            write(purpose, mark, facts);
        }
        String format = read(mark).getProperty("format", "none");
        if (!format.equals(FORMAT)) {
            throw CommandFailedException.failed("cannot use " + path + " for the " + purpose + ": its format is '"
                    + format + "', this version knows '" + FORMAT + "'.\nName another directory with --dir.");
        }
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw CommandFailedException.failed("cannot use " + path + " for the " + purpose + ": another " + purpose
                    + " is running in it.\nStop that one, or name another directory with --dir.");
        }
        return new LocalDirectory(purpose, path, temporary, channel);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void checkRoom(Path path, long neededBytes) throws IOException {
        long lackingBytes = lackingBytes(path, neededBytes);
        if (lackingBytes > 0) {
            throw CommandFailedException.failed("not enough space in " + path + ": "
                    + ByteSize.human(Files.getFileStore(path).getUsableSpace()) + " free, "
                    + ByteSize.human(lackingBytes)
                    + " more are needed.\nName a directory with more room with --dir.");
        }
    }

    /** What is needed, and what nodes leave free: at most 5 % of the file system. */
    private static long lackingBytes(Path path, long neededBytes) throws IOException {
        FileStore store = Files.getFileStore(path);
        long reserveBytes = Math.min(RESERVE_BYTES_MAX, store.getTotalSpace() / 20 + (128L << 20));
        return Math.max(0, neededBytes + reserveBytes - store.getUsableSpace());
    }

    private static Properties read(Path mark) {
        Properties facts = new Properties();
        try (InputStream in = Files.newInputStream(mark)) {
            facts.load(in);
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot read " + mark + ": " + e);
        }
        return facts;
    }

    private static String mark(String purpose) {
        return "mortar-" + purpose + ".properties";
    }

    private static void write(String purpose, Path mark, Properties facts) throws IOException {
        try (OutputStream out = Files.newOutputStream(mark)) {
            facts.store(out, "This directory belongs to 'mortar " + purpose + "'.");
        }
    }

    private static void removeAll(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot remove " + root + ": " + e + ".\nRemove it by hand.");
        }
    }
}
