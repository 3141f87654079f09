package io.mortar.journal.kv;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts and deletes that take effect together, later ones over earlier ones. Not safe for use by several threads. */
public final class KvBatch {
    private final List<Row> rows = new ArrayList<>();

    public KvBatch put(byte[] key, byte[] value) {
        rows.add(new Row(key, value));
        return this;
    }

    public KvBatch delete(byte[] key) {
        rows.add(new Row(key, null));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    List<Row> rows() {
        return rows;
    }

    /** @param value null for a delete */
    record Row(byte[] key, byte @Nullable [] value) {}
}
