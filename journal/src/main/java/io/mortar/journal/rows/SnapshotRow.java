package io.mortar.journal.rows;

import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvView;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One snapshot as a row; a later one with the same number takes its place. */
public record SnapshotRow(
        String persistenceId, long sequenceNr, long timestamp, Payload state, Optional<Payload> extra) {

    public static SnapshotRow of(SnapshotMetadata metadata, Object state, Payloads payloads)
            throws NotSerializableException {
        Optional<Payload> extra = metadata.metadata().isDefined()
                ? Optional.of(payloads.write(metadata.metadata().get()))
                : Optional.empty();
        return new SnapshotRow(
                metadata.persistenceId(), metadata.sequenceNr(), metadata.timestamp(), payloads.write(state), extra);
    }

    /** The one with the highest number among those that match. Throws {@link DamagedJournalException} when one is damaged. */
    public static Optional<SnapshotRow> newest(String persistenceId, SnapshotSelectionCriteria criteria, KvView rows) {
        List<SnapshotRow> newest = new ArrayList<>(1);
        scan(persistenceId, criteria, rows, row -> {
            newest.clear();
            newest.add(row);
            return true;
        });
        return newest.stream().findFirst();
    }

    /** Deletes some of those that match, which must be durable already; returns whether there are no more. */
    public static boolean deleteSome(String persistenceId, SnapshotSelectionCriteria criteria, RowChanges rows) {
        return scan(persistenceId, criteria, rows.written(), row -> {
            rows.delete(JournalKeys.snapshot(persistenceId, row.sequenceNr));
            return rows.sizeBytes() < EventLog.DELETE_STEP_BYTES;
        });
    }

    /** Hands over the snapshots that match, by ascending number, for as long as they are wanted; returns whether that was all. */
    private static boolean scan(
            String persistenceId,
            SnapshotSelectionCriteria criteria,
            KvView rows,
            Predicate<SnapshotRow> isMoreWanted) {
        boolean isWanted = true;
        try (KvCursor cursor = rows.scan(
                JournalKeys.snapshot(persistenceId, criteria.minSequenceNr()),
                JournalKeys.snapshot(persistenceId, JournalKeys.after(criteria.maxSequenceNr())))) {
            while (isWanted && cursor.next()) {
                SnapshotRow row = read(persistenceId, cursor.key(), cursor.value());
                if (row.timestamp >= criteria.minTimestamp() && row.timestamp <= criteria.maxTimestamp()) {
                    isWanted = isMoreWanted.test(row);
                }
            }
        }
        return isWanted;
    }

    private static SnapshotRow read(String persistenceId, byte[] key, byte[] value) {
        long sequenceNr = JournalKeys.sequenceNr(key);
        RowReader row = new RowReader(
                key, value, "snapshot " + sequenceNr + " of persistence id " + persistenceId + " in the journal");
        long timestamp = row.number();
        Payload state = row.payload();
        return new SnapshotRow(
                persistenceId,
                sequenceNr,
                timestamp,
                state,
                row.flag() ? Optional.of(row.payload()) : Optional.empty());
    }

    public void putInto(RowChanges rows) {
        byte[] key = JournalKeys.snapshot(persistenceId, sequenceNr);
        RowWriter row = new RowWriter(state.bytes().length + 128)
                .number(timestamp)
                .payload(state)
                .flag(extra.isPresent());
        extra.ifPresent(row::payload);
        rows.put(key, row.seal(key));
        rows.markGrowing();
    }

    public SelectedSnapshot toSnapshot(Payloads payloads) {
        SnapshotMetadata metadata = new SnapshotMetadata(persistenceId, sequenceNr, timestamp);
        return SelectedSnapshot.create(
                extra.map(payloads::read).map(metadata::withMetadata).orElse(metadata), payloads.read(state));
    }
}
