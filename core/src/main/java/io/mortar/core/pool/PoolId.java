package io.mortar.core.pool;

import java.util.UUID;

/** Identity of a pool, drawn once by its first node and kept for good. */
public record PoolId(UUID value) {
    /** Parses the form that {@link #toString} prints; throws {@link IllegalArgumentException} on anything else. */
    public static PoolId parse(String text) {
        return new PoolId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
