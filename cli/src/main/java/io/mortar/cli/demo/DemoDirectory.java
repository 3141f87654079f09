package io.mortar.cli.demo;

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
 * Where a demo keeps everything. A file in it says that it is a demo's, so that no other directory is ever filled or removed, and is
 * locked as long as a demo uses it.
 */
final class DemoDirectory implements AutoCloseable {
    private static final String MARK = "mortar-demo.properties";
    private static final String FORMAT = "1";
    /** Room that nodes leave free on their file system, and their own files. */
    private static final long RESERVE_BYTES_MAX = 1L << 30;

    private final Path path;
    private final boolean temporary;
    private final FileChannel lock;

    private DemoDirectory(Path path, boolean temporary, FileChannel lock) {
        this.path = path;
        this.temporary = temporary;
        this.lock = lock;
    }

    /** Opens or makes the directory; refuses one that holds something else, is in use, or has too little room. */
    static DemoDirectory open(DemoOptions options) {
        Path wanted = options.directory();
        try {
            if (wanted == null) {
                return openTemporary(options.sampleSizeBytes());
            }
            Path path = wanted.toAbsolutePath().normalize();
            checkUse(path);
            Files.createDirectories(path);
            checkRoom(path, options.sampleSizeBytes());
            return mark(path, false);
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot use " + (wanted == null ? "a temporary directory" : wanted)
                    + " for the demo: " + e + ".\nName a directory that you can write to with --dir.");
        }
    }

    Path path() {
        return path;
    }

    Path nodeDirectory(String name) {
        return path.resolve(name);
    }

    /** A fact that an earlier run wrote down. */
    Optional<String> recall(String key) {
        return Optional.ofNullable(read(path.resolve(MARK)).getProperty(key));
    }

    void remember(String key, String value) {
        Properties facts = read(path.resolve(MARK));
        facts.setProperty(key, value);
        try {
            write(path.resolve(MARK), facts);
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot write " + path.resolve(MARK) + ": " + e);
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
            throw CommandFailedException.failed("cannot close the demo's lock in " + path + ": " + e);
        }
    }

    private static DemoDirectory openTemporary(long sampleSizeBytes) throws IOException {
        List<Path> places = new ArrayList<>(List.of(Path.of(System.getProperty("java.io.tmpdir"))));
        Path larger = Path.of("/var/tmp");
        if (Files.isWritable(larger)) {
            places.add(larger);
        }
        for (Path place : places) {
            if (lackingBytes(place, sampleSizeBytes) == 0) {
                return mark(Files.createTempDirectory(place, "mortar-demo-"), true);
            }
        }
        checkRoom(places.get(places.size() - 1), sampleSizeBytes);
        throw new IOException("no room in " + places);
    }

    private static void checkUse(Path path) throws IOException {
        if (!Files.exists(path) || Files.isRegularFile(path.resolve(MARK))) {
            return;
        }
        if (!Files.isDirectory(path)) {
            throw CommandFailedException.failed("cannot use " + path + " for the demo: it is not a directory.");
        }
        try (Stream<Path> entries = Files.list(path)) {
            Optional<Path> foreign = entries.findFirst();
            if (foreign.isPresent()) {
                throw CommandFailedException.failed("cannot use " + path + " for the demo: it is not empty (there is '"
                        + foreign.get().getFileName()
                        + "') and no demo made it.\nName a new or empty directory with --dir.");
            }
        }
    }

    private static DemoDirectory mark(Path path, boolean temporary) throws IOException {
        Path mark = path.resolve(MARK);
        if (!Files.exists(mark)) {
            Properties facts = new Properties();
            facts.setProperty("format", FORMAT);
            write(mark, facts);
        }
        String format = read(mark).getProperty("format", "none");
        if (!format.equals(FORMAT)) {
            throw CommandFailedException.failed("cannot use " + path + " for the demo: its format is '" + format
                    + "', this version knows '" + FORMAT + "'.\nName another directory with --dir.");
        }
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw CommandFailedException.failed(
                    "cannot use " + path
                            + " for the demo: another demo is running in it.\nStop that one, or name another directory with --dir.");
        }
        return new DemoDirectory(path, temporary, channel);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void checkRoom(Path path, long sampleSizeBytes) throws IOException {
        long lackingBytes = lackingBytes(path, sampleSizeBytes);
        if (lackingBytes > 0) {
            throw CommandFailedException.failed("not enough space in " + path + ": "
                    + ByteSize.human(Files.getFileStore(path).getUsableSpace()) + " free, "
                    + ByteSize.human(lackingBytes)
                    + " more are needed.\nName a directory with more room with --dir.");
        }
    }

    /** The sample, its copy in the volume, and what nodes leave free: at most 5 % of the file system. */
    private static long lackingBytes(Path path, long sampleSizeBytes) throws IOException {
        FileStore store = Files.getFileStore(path);
        long reserveBytes = Math.min(RESERVE_BYTES_MAX, store.getTotalSpace() / 20 + (128L << 20));
        return Math.max(0, 2 * sampleSizeBytes + reserveBytes - store.getUsableSpace());
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

    private static void write(Path mark, Properties facts) throws IOException {
        try (OutputStream out = Files.newOutputStream(mark)) {
            facts.store(out, "This directory belongs to 'mortar demo'.");
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
