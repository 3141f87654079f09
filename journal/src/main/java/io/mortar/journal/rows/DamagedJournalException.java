package io.mortar.journal.rows;

/** Rows of the journal are missing or not as they were written. Recovery must not go on without them. */
public final class DamagedJournalException extends RuntimeException {
    public DamagedJournalException(String message) {
        super(message);
    }
}
