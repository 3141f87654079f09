package io.mortar.core.namespace;

import org.jspecify.annotations.Nullable;

/**
 * The new state of one row. The arrays are not copied: nobody changes them after this is made.
 *
 * @param value null when the row is deleted
 */
public record RowChange(byte[] key, byte @Nullable [] value) {}
