package io.mortar.journal.rows;

import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;

/** Which snapshots Akka means. */
public final class SnapshotSelection {
    private SnapshotSelection() {}

    /** The one of that number, whatever its time when its timestamp is 0, as Akka asks for. */
    public static SnapshotSelectionCriteria one(SnapshotMetadata metadata) {
        long number = metadata.sequenceNr();
        long timestamp = metadata.timestamp();
        return SnapshotSelectionCriteria.create(number, timestamp == 0 ? Long.MAX_VALUE : timestamp, number, timestamp);
    }
}
