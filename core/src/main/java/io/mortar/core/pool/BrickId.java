package io.mortar.core.pool;

import java.util.UUID;

/** Identity of a brick, written into its directory when it is created. */
public record BrickId(UUID value) {
    /** Parses the form that {@link #toString} prints; throws {@link IllegalArgumentException} on anything else. */
    public static BrickId parse(String text) {
        return new BrickId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
