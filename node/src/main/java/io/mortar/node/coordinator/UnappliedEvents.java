package io.mortar.node.coordinator;

import akka.actor.ActorSystem;
import akka.persistence.SnapshotSelectionCriteria;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.rows.EventLog;
import io.mortar.journal.rows.Highest;
import io.mortar.journal.rows.Payloads;
import io.mortar.journal.rows.SnapshotRow;

/**
 * Brings a {@link NamespaceStore} up to a journal that keeps events, without any coordinator: a process may have stopped after an event was
 * durable and before its rows were.
 */
public final class UnappliedEvents {
    private final KvView journal;
    private final Payloads payloads;

    /** @param journal the rows of the journal */
    public UnappliedEvents(KvView journal, ActorSystem system) {
        this.journal = journal;
        this.payloads = new Payloads(system, Integer.MAX_VALUE);
    }

    /** Whether {@code persistenceId} is that of a volume. */
    public static boolean isOfVolume(String persistenceId) {
        return persistenceId.startsWith(VolumeCoordinator.ID_PREFIX);
    }

    /**
     * Applies what {@code store} lacks of the volume's events, durably. Throws {@link AssertionError} when store and journal do not
     * belong together, {@link io.mortar.journal.rows.DamagedJournalException} when events are missing.
     *
     * @return how many events were applied
     */
    public int applyTo(NamespaceStore store, String persistenceId) {
        long last = Highest.of(persistenceId, journal).number();
        long snapshot = SnapshotRow.newest(persistenceId, SnapshotSelectionCriteria.latest(), journal)
                .map(SnapshotRow::sequenceNr)
                .orElse(0L);
        Replay replay = new Replay(store, persistenceId, Math.max(store.applied(persistenceId), snapshot));
        EventLog.replay(
                journal,
                persistenceId,
                new EventLog.Range(replay.recovered + 1, Long.MAX_VALUE, Long.MAX_VALUE),
                payloads,
                replay::apply);
        if (replay.recovered != 0) {
            store.checkRecovered(persistenceId, replay.recovered, last);
        } // else the volume was deleted, with all its events
        return replay.count;
    }

    private static final class Replay {
        private final NamespaceStore store;
        private final String persistenceId;
        private long recovered;
        private int count;

        Replay(NamespaceStore store, String persistenceId, long recovered) {
            this.store = store;
            this.persistenceId = persistenceId;
            this.recovered = recovered;
        }

        boolean apply(EventLog.Stored stored) {
            long sequence = stored.event().sequenceNr();
            NamespaceBatch batch = (NamespaceBatch) stored.event().payload();
            store.replay(persistenceId, recovered, sequence, batch.changes());
            recovered = sequence;
            count++;
            return true;
        }
    }
}
