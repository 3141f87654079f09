package io.mortar.core.pool;

import java.util.UUID;

/** Identity of a node: of its data directory, not of its name or address. */
public record NodeId(UUID value) {
    /** Parses the form that {@link #toString} prints; throws {@link IllegalArgumentException} on anything else. */
    public static NodeId parse(String text) {
        return new NodeId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
