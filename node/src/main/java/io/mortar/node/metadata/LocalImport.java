package io.mortar.node.metadata;

import akka.actor.ActorSystem;
import io.mortar.journal.group.ReplicatedLog;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.rows.Highest;
import io.mortar.journal.rows.PersistenceIds;
import io.mortar.journal.rows.RowChanges;
import io.mortar.journal.rows.StoredActor;
import io.mortar.journal.state.Area;
import io.mortar.node.coordinator.NamespaceStore;
import io.mortar.node.coordinator.UnappliedEvents;
import io.mortar.node.registry.RegistryGuardian;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings metadata that one node kept for itself into the replicated log. Every row is written as it is, so an import that was interrupted
 * is repeated from the start; the rename of the old namespace, after the last row is durable, is what ends it.
 */
final class LocalImport {
    private static final Logger LOG = LoggerFactory.getLogger(LocalImport.class);
    private static final int IDS_PER_PAGE = 256;

    private final LocalMetadata local;
    private final ReplicatedLog log;
    private final ActorSystem system;
    private final int batchBytes;

    /**
     * @param system whose serializers read events
     * @param batchBytes how much is appended at once
     */
    LocalImport(LocalMetadata local, ReplicatedLog log, ActorSystem system, int batchBytes) {
        this.local = local;
        this.log = log;
        this.system = system;
        this.batchBytes = batchBytes;
    }

    /**
     * Imports everything that is not imported yet, for leadership {@code term}, during which nobody else may append. Blocks for as long as
     * that takes. Throws
     * {@link java.util.concurrent.CompletionException} with what the log fails with; what is on disk is then as good as before.
     */
    void run(long term) {
        if (!local.exists()) {
            return;
        }
        RowAppender rows = new RowAppender(log, term, batchBytes);
        int volumes = 0;
        int events = 0;
        UnappliedEvents unapplied = new UnappliedEvents(local.journal(), system);
        try (NamespaceStore namespace = local.openNamespace()) {
            Optional<String> after = Optional.empty();
            List<String> page = page(after);
            while (!page.isEmpty()) {
                for (String id : page) {
                    if (UnappliedEvents.isOfVolume(id)) {
                        volumes++;
                        events += unapplied.applyTo(namespace, id);
                        appendNumber(id, rows);
                    } else if (id.equals(RegistryGuardian.PERSISTENCE_ID)) {
                        StoredActor.forEachRow(local.journal(), id, (key, value) -> rows.put(Area.JOURNAL, key, value));
                    }
                }
                page = page(Optional.of(page.get(page.size() - 1)));
            }
            namespace.forEachRow((key, value) -> {
                requireEvents(rows);
                rows.put(Area.APPLICATION, key, value);
            });
            rows.flush();
        }
        retire();
        LOG.info(
                "metadata of this node imported into the replicated log volumes={} events={} rows={} batches={}",
                volumes,
                events,
                rows.rowCount(),
                rows.batchCount());
    }

    /** A namespace can also be what a journal elsewhere has left on this node. */
    private static void requireEvents(RowAppender rows) {
        if (rows.rowCount() == 0) {
            throw new IllegalStateException(
                    "the namespace has files, but the local journal knows of no pool: its events are in"
                            + " another journal. Configure that one again, or put back this node's journal directory");
        }
    }

    private List<String> page(Optional<String> after) {
        return PersistenceIds.page(local.journal(), after, IDS_PER_PAGE);
    }

    /** The events themselves are in the rows of the namespace. */
    private void appendNumber(String persistenceId, RowAppender rows) {
        KvView journal = local.journal();
        RowChanges changes = RowChanges.on(journal);
        new Highest(Highest.of(persistenceId, journal).number(), true).putInto(persistenceId, changes);
        changes.forEach((key, value) -> {
            if (value != null) {
                rows.put(Area.JOURNAL, key, value);
            }
        });
    }

    private void retire() {
        try {
            local.retire();
        } catch (IOException e) {
            throw new UncheckedIOException("the namespace that was imported cannot be renamed", e);
        }
        local.deleteRetired();
    }
}
