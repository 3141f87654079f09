package io.mortar.journal.local;

import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvView;
import java.io.NotSerializableException;
import java.util.Optional;
import java.util.function.Consumer;

/** One snapshot as a row; a later one with the same number takes its place. */
record SnapshotRow(String persistenceId, long sequenceNr, long timestamp, Payload state, Optional<Payload> extra) {

    static SnapshotRow of(SnapshotMetadata metadata, Object state, Payloads payloads) throws NotSerializableException {
        Optional<Payload> extra = metadata.metadata().isDefined()
                ? Optional.of(payloads.write(metadata.metadata().get()))
                : Optional.empty();
        return new SnapshotRow(
                metadata.persistenceId(), metadata.sequenceNr(), metadata.timestamp(), payloads.write(state), extra);
    }

    /** Hands over all snapshots that match, by ascending number. Throws {@link DamagedJournalException} when one is damaged. */
    static void scan(
            String persistenceId, SnapshotSelectionCriteria criteria, KvView rows, Consumer<SnapshotRow> consumer) {
        try (KvCursor cursor = rows.scan(
                JournalKeys.snapshot(persistenceId, criteria.minSequenceNr()),
                JournalKeys.snapshot(persistenceId, JournalKeys.after(criteria.maxSequenceNr())))) {
            while (cursor.next()) {
                SnapshotRow row = read(persistenceId, cursor.key(), cursor.value());
                if (row.timestamp >= criteria.minTimestamp() && row.timestamp <= criteria.maxTimestamp()) {
                    consumer.accept(row);
                }
            }
        }
    }

    private static SnapshotRow read(String persistenceId, byte[] key, byte[] value) {
        long sequenceNr = JournalKeys.sequenceNr(key);
        RowReader row = new RowReader(
                key, value, "snapshot " + sequenceNr + " of persistence id " + persistenceId + " in the local journal");
        long timestamp = row.number();
        Payload state = row.payload();
        return new SnapshotRow(
                persistenceId,
                sequenceNr,
                timestamp,
                state,
                row.flag() ? Optional.of(row.payload()) : Optional.empty());
    }

    void putInto(RowChanges rows) {
        byte[] key = JournalKeys.snapshot(persistenceId, sequenceNr);
        RowWriter row = new RowWriter(state.bytes().length + 128)
                .number(timestamp)
                .payload(state)
                .flag(extra.isPresent());
        extra.ifPresent(row::payload);
        rows.put(key, row.seal(key));
    }

    void deleteFrom(RowChanges rows) {
        rows.delete(JournalKeys.snapshot(persistenceId, sequenceNr));
    }

    SelectedSnapshot toSnapshot(Payloads payloads) {
        SnapshotMetadata metadata = new SnapshotMetadata(persistenceId, sequenceNr, timestamp);
        return SelectedSnapshot.create(
                extra.map(payloads::read).map(metadata::withMetadata).orElse(metadata), payloads.read(state));
    }
}
