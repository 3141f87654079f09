package io.mortar.journal.group;

/** Too much waits to be replicated. Nothing happened: try again when a majority has caught up. */
public final class LogOverloadedException extends RuntimeException {
    public LogOverloadedException(String message) {
        super(message);
    }
}
