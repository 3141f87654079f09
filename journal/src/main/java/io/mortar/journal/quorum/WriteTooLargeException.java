package io.mortar.journal.quorum;

/** The rows of an atomic write or a snapshot are larger than a log entry may be. Nothing of it was written. */
public final class WriteTooLargeException extends RuntimeException {
    public WriteTooLargeException(String message) {
        super(message);
    }
}
