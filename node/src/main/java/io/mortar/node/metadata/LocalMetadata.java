package io.mortar.node.metadata;

import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.rows.Highest;
import io.mortar.node.coordinator.NamespaceStore;
import io.mortar.node.identity.StartRefusedException;
import io.mortar.node.registry.RegistryGuardian;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the founder of a pool has of its metadata when it was not replicated before: the file trees in {@code namespace/} of its data
 * directory, and events in its local journal. As long as {@code namespace/} is there, the replicated metadata is not complete.
 */
final class LocalMetadata {
    private final Path directory;
    private final Path retired;
    private final KvView journal;
    private final KvOptions options;

    /** @param journal the rows of this node's local journal */
    LocalMetadata(Path dataDirectory, KvView journal, KvOptions options) {
        this.directory = dataDirectory.resolve("namespace");
        this.retired = dataDirectory.resolve("namespace.imported");
        this.journal = journal;
        this.options = options;
    }

    /** Whether there is something to import. */
    boolean exists() {
        return Files.exists(directory);
    }

    /**
     * Throws {@link StartRefusedException} when the journal knows nothing of the pool, or a pool whose file trees are gone. Called when
     * nothing was imported yet.
     */
    void requireComplete() {
        if (Highest.of(RegistryGuardian.PERSISTENCE_ID, journal).number() == 0) {
            throw new StartRefusedException("this node founded its pool, but its local journal knows nothing of it: the"
                    + " pool's events are in another journal. Set mortar.coordinator.journal-plugin and snapshot-plugin as"
                    + " they were, or put back this node's journal directory");
        }
        if (!exists()) {
            throw new StartRefusedException(
                    "this node founded its pool and has the pool's volumes in its journal, but their files"
                            + " are missing: put back " + directory + ", or restore the data directory from a backup");
        }
    }

    KvView journal() {
        return journal;
    }

    NamespaceStore openNamespace() {
        return new NamespaceStore(KvStores.open(directory, options));
    }

    /** Writes down that everything was imported; durable on return. The store must be closed. */
    void retire() throws IOException {
        Files.move(directory, retired, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel parent = FileChannel.open(directory.toAbsolutePath().getParent())) {
            parent.force(true);
        }
    }

    /** Deletes what was retired, if anything was. */
    void deleteRetired() {
        if (!Files.exists(retired)) {
            return;
        }
        try (Stream<Path> files = Files.walk(retired)) {
            List<Path> innerFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : innerFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a namespace that was imported cannot be deleted: " + retired, e);
        }
    }
}
