package io.mortar.journal.kv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code ENGINE} of a store, which names the engine that made it. The two engines mean to write one format, but neither is
 * tested on what the other wrote: so none ever touches the other's files.
 */
final class EngineFile {
    private static final Logger LOG = LoggerFactory.getLogger(EngineFile.class);
    private static final String FILE = "ENGINE";

    private EngineFile() {}

    /** The engine for {@code directory}, recorded there if it is new. */
    static KvEngine settle(Path directory, KvEngine wanted) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            KvEngine chosen = wanted == KvEngine.AUTO ? firstThatLoads(directory) : wanted;
            requireLoadable(directory, chosen);
            write(directory, chosen);
            return chosen;
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        KvEngine recorded = KvEngine.valueOf(text);
        if (wanted != KvEngine.AUTO && wanted != recorded) {
            throw new IOException("it was made by engine " + recorded + ", but engine " + wanted
                    + " is configured: set the engine to AUTO or " + recorded);
        }
        requireLoadable(directory, recorded);
        return recorded;
    }

    private static KvEngine firstThatLoads(Path directory) {
        if (NativeLevelDb.load(directory)) {
            return KvEngine.JNI;
        }
        LOG.warn(
                "LevelDB's natives do not load here: new stores use the slower port to Java os={} arch={}",
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
        return KvEngine.JAVA;
    }

    private static void requireLoadable(Path directory, KvEngine engine) throws IOException {
        if (engine == KvEngine.JNI && !NativeLevelDb.load(directory)) {
            throw new IOException("engine JNI is needed for " + directory + ", but its natives do not load on "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        }
    }

    private static void write(Path directory, KvEngine engine) throws IOException {
        Path temporary = directory.resolve(FILE + ".new");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap((engine.name() + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(temporary, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        DirectoryLock.sync(directory);
    }
}
