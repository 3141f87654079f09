package io.mortar.journal.kv;

import org.jspecify.annotations.Nullable;

/** Something rows can be read from. Keys are ordered as unsigned bytes. Safe for use by several threads. */
public interface KvView {
    /** The value of {@code key}, or null. Throws {@link KvFailedException} when the store cannot be read. */
    byte @Nullable [] get(byte[] key);

    /** The rows with {@code from <= key < to}, in order. The cursor sees one state of the store and must be closed. */
    KvCursor scan(byte[] from, byte[] to);
}
