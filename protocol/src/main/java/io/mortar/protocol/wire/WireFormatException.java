package io.mortar.protocol.wire;

import org.jspecify.annotations.Nullable;

/** Bytes that are not a message, or not one of a version that this node knows. */
public final class WireFormatException extends RuntimeException {
    public WireFormatException(String message) {
        super(message);
    }

    public WireFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
