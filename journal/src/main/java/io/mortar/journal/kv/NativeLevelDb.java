package io.mortar.journal.kv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.fusesource.leveldbjni.JniDBFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads LevelDB's natives, once per process. Left to itself, leveldbjni unpacks its library into the temporary directory at every start,
 * and leaves it there when the process is killed; it cannot load it where that directory is mounted without execution. So it is
 * unpacked into the store's directory, once, and only where that fails left to leveldbjni.
 */
final class NativeLevelDb {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLevelDb.class);
    private static final String PATH_PROPERTY = "library.leveldbjni.path";
    private static final String RESOURCE = "/META-INF/native/linux64/libleveldbjni.so";

    private NativeLevelDb() {}

    /** Whether the natives are loaded, after an attempt to load them. */
    static synchronized boolean load(Path directory) {
        if (System.getProperty(PATH_PROPERTY) == null && isLinuxOnX64()) {
            unpack(directory.resolve("native").toAbsolutePath());
        }
        try {
            return !JniDBFactory.VERSION.isEmpty();
        } catch (LinkageError e) {
            LOG.debug("natives do not load", e);
            return false;
        }
    }

    private static boolean isLinuxOnX64() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    private static void unpack(Path target) {
        try (InputStream library = JniDBFactory.class.getResourceAsStream(RESOURCE)) {
            if (library == null) {
                return;
            }
            Path file = target.resolve("libleveldbjni.so");
            byte[] bytes = library.readAllBytes();
            if (!Files.exists(file) || Files.size(file) != bytes.length) {
                Files.createDirectories(target);
                Path temporary = target.resolve("libleveldbjni.new");
                Files.write(temporary, bytes);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            }
            System.setProperty(PATH_PROPERTY, target.toString());
        } catch (IOException e) {
            LOG.warn("natives cannot be unpacked, left to leveldbjni target={}", target, e);
        }
    }
}
