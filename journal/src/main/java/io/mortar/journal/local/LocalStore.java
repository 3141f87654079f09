package io.mortar.journal.local;

import akka.actor.AbstractExtensionId;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvStore;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.rows.GroupWriter;
import io.mortar.journal.space.DiskSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The store that the journal and the snapshot store of an actor system share. It is opened on first use and closed when the system has
 * terminated. A node gets it at start, before any persistent actor: so a directory that is locked or damaged stops the start, with the
 * reason, and is not a recovery that fails later.
 */
public final class LocalStore implements Extension {
    private static final Id ID = new Id();

    private final LocalJournalSettings settings;
    private final DiskSpace space;
    private final KvStore store;
    private final GroupWriter writer;
    private final Executor replayExecutor;

    private LocalStore(ExtendedActorSystem system) {
        settings = LocalJournalSettings.of(system.settings().config().getConfig(LocalJournalSettings.PATH));
        space = openSpace(settings);
        store = KvStores.open(
                settings.directory(),
                new KvOptions(
                        settings.engine(),
                        settings.memory().writeBufferBytes(),
                        settings.memory().cacheBytes(),
                        settings.memory().openFilesMax(),
                        space));
        writer = new GroupWriter(
                new StoreTarget(store),
                system.dispatchers().lookup(LocalJournalSettings.PATH + ".write-dispatcher"),
                settings.groupBytesMax(),
                settings.pendingMax());
        replayExecutor = system.dispatchers().lookup(LocalJournalSettings.PATH + ".replay-dispatcher");
        system.registerOnTermination(store::close);
    }

    /** Akka's key of this extension. */
    private static final class Id extends AbstractExtensionId<LocalStore> {
        @Override
        public LocalStore createExtension(ExtendedActorSystem system) {
            return new LocalStore(system);
        }
    }

    /**
     * The store of {@code system}. Throws {@link KvFailedException} when it cannot be opened, {@link IllegalArgumentException} when
     * its directory is not configured.
     */
    public static LocalStore get(ClassicActorSystemProvider system) {
        return ID.get(system);
    }

    /** The guard of the file system that holds the journal: share it with other stores there, and ask it before taking in new things. */
    public DiskSpace space() {
        return space;
    }

    /**
     * Completes when a write has failed and the state of the disk is not known. The journal has refused everything since; the process
     * should stop, and recover what is durable when it starts again.
     */
    public CompletionStage<KvFailedException> failure() {
        return writer.failure();
    }

    /** The journal's rows, for copying them elsewhere. */
    public KvView rows() {
        return store;
    }

    KvStore store() {
        return store;
    }

    GroupWriter writer() {
        return writer;
    }

    /** Runs reads that may take long. */
    Executor replayExecutor() {
        return replayExecutor;
    }

    LocalJournalSettings settings() {
        return settings;
    }

    private static DiskSpace openSpace(LocalJournalSettings settings) {
        try {
            return DiskSpace.open(settings.directory(), settings.space());
        } catch (IOException e) {
            throw new UncheckedIOException("journal directory " + settings.directory() + " cannot be made", e);
        }
    }
}
