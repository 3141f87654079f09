package io.mortar.journal.kv;

/** A store could not be opened, read or written. After a failed write the state of the disk is unknown. */
public final class KvFailedException extends RuntimeException {
    public KvFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
