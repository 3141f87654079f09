package io.mortar.core.namespace;

import org.jspecify.annotations.Nullable;

/**
 * Rows that rules read: a snapshot of the store, or a {@link RowOverlay} over one. Keys are ordered as unsigned bytes. Does not change
 * while a rule runs.
 */
public interface Rows {
    /** The value of {@code key}, or null. */
    byte @Nullable [] get(byte[] key);

    /** The rows with {@code from <= key < to}, in order. The cursor must be closed. */
    RowCursor scan(byte[] from, byte[] to);
}
