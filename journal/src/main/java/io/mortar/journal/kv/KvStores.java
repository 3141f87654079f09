package io.mortar.journal.kv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBFactory;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.impl.Iq80DBFactory;
import org.iq80.leveldb.util.Snappy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens stores. */
public final class KvStores {
    private static final Logger LOG = LoggerFactory.getLogger(KvStores.class);

    private KvStores() {}

    /**
     * Opens the store in {@code directory}, made if missing. Throws {@link KvFailedException} when another process or store has it open,
     * when it was made by an engine that is not to be had here, or when it is damaged.
     */
    public static KvStore open(Path directory, KvOptions options) {
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            KvEngine engine = EngineFile.settle(directory, options.engine());
            LogTail.cut(directory);
            DB db = factory(engine).open(directory.toFile(), levelDbOptions(engine, options));
            DirectoryLock.sync(directory);
            LOG.info("store opened directory={} engine={}", directory, engine);
            return new LevelDbStore(directory, db, RowChecksum.of(engine), options.space(), lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw new KvFailedException("store " + directory + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static DBFactory factory(KvEngine engine) {
        if (engine == KvEngine.JNI) {
            return JniDBFactory.factory;
        }
        // Its log writer would map files into memory, and die of a full disk, like the natives do.
        System.setProperty("leveldb.mmap", "false");
        return Iq80DBFactory.factory;
    }

    private static Options levelDbOptions(KvEngine engine, KvOptions options) {
        boolean snappy = engine == KvEngine.JNI || Snappy.available();
        return new Options()
                .createIfMissing(true)
                .paranoidChecks(true)
                .verifyChecksums(true)
                .compressionType(snappy ? CompressionType.SNAPPY : CompressionType.NONE)
                .writeBufferSize(options.writeBufferBytes())
                .cacheSize(options.cacheBytes())
                .maxOpenFiles(options.openFilesMax());
    }

    /** Whether {@code directory} holds a store. */
    public static boolean exists(Path directory) {
        return Files.exists(directory.resolve("CURRENT"));
    }
}
