package io.mortar.node.identity;

/** The node must not start; the message says why and what to do, for the person who started it. */
public final class StartRefusedException extends RuntimeException {
    public StartRefusedException(String message) {
        super(message);
    }

    public StartRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
