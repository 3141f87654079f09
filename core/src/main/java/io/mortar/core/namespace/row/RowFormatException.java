package io.mortar.core.namespace.row;

/** A row has bytes that this release cannot read: damaged, or written by a newer release. The store must not be written to. */
public final class RowFormatException extends RuntimeException {
    RowFormatException(String message) {
        super(message);
    }
}
