package io.mortar.journal.rows;

/** More writes wait than the journal holds. Nothing of this one was written. */
public final class JournalOverloadedException extends RuntimeException {
    public JournalOverloadedException(String message) {
        super(message);
    }
}
