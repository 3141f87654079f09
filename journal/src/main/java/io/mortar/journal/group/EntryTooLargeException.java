package io.mortar.journal.group;

/** A batch of rows is larger than an entry may be. Nothing happened: split it. */
public final class EntryTooLargeException extends RuntimeException {
    public EntryTooLargeException(String message) {
        super(message);
    }
}
