package io.mortar.core.namespace;

/** The rows with {@code from <= key < to}. */
public record RowRange(byte[] from, byte[] to) {}
