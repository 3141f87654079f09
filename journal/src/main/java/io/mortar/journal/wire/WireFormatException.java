package io.mortar.journal.wire;

/** Bytes that no member of this version writes. The message is dropped: members repeat what they have to say. */
public final class WireFormatException extends RuntimeException {
    public WireFormatException(String message, Throwable cause) {
        super(message, cause);
    }

    public WireFormatException(String message) {
        super(message);
    }
}
