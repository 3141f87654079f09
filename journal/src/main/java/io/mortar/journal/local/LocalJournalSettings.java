package io.mortar.journal.local;

import com.typesafe.config.Config;
import io.mortar.journal.kv.KvEngine;
import io.mortar.journal.space.SpaceLimits;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The keys of {@code mortar.journal.local}; {@code reference.conf} says what each means.
 *
 * @param groupBytesMax payload of one synced write, beyond which no more pending work is added to it
 */
record LocalJournalSettings(
        Path directory,
        KvEngine engine,
        Memory memory,
        SpaceLimits space,
        int eventBytesMax,
        int groupBytesMax,
        int pendingMax) {
    static final String PATH = "mortar.journal.local";

    record Memory(int writeBufferBytes, long cacheBytes, int openFilesMax) {}

    /** Reads {@code mortar.journal.local}; throws {@link IllegalArgumentException} when the directory is not set. */
    static LocalJournalSettings of(Config config) {
        String directory = config.getString("dir");
        if (directory.isEmpty()) {
            throw new IllegalArgumentException(
                    PATH + ".dir is not set: name the directory that keeps the journal of this node");
        }
        return new LocalJournalSettings(
                Path.of(directory),
                KvEngine.valueOf(config.getString("engine").toUpperCase(Locale.ROOT)),
                new Memory(
                        Math.toIntExact(config.getBytes("write-buffer")),
                        config.getBytes("cache"),
                        config.getInt("open-files-max")),
                new SpaceLimits(
                        config.getBytes("space.reserve"),
                        config.getBytes("space.growth-floor"),
                        config.getBytes("space.write-floor")),
                Math.toIntExact(config.getBytes("event-bytes-max")),
                Math.toIntExact(config.getBytes("group-bytes-max")),
                config.getInt("pending-writes-max"));
    }
}
