package io.mortar.journal.kv;

/** A write was refused because the disk is nearly full. Nothing was written, and the store goes on: try again when there is room. */
public final class KvNoSpaceException extends RuntimeException {
    public KvNoSpaceException(String message) {
        super(message);
    }
}
