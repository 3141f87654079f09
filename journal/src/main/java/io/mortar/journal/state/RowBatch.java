package io.mortar.journal.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as they are after a change: what the leader decides and every member applies blindly, in order, later rows over earlier ones.
 * Applying a batch twice is the same as applying it once.
 *
 * @param rows in the order in which they take effect; keys and values are not copied and must not be changed afterwards
 * @param shrinking whether the batch mostly deletes, so that it is let in when the disk has no room for new things; it matters only where
 *     the batch is appended and is not stored
 */
public record RowBatch(List<Row> rows, boolean shrinking) {
    public RowBatch {
        rows = List.copyOf(rows);
    }

    /** A batch that may grow the store. */
    public static RowBatch of(List<Row> rows) {
        return new RowBatch(rows, false);
    }

    public static Builder builder() {
        return new Builder();
    }

    public RowBatch asShrinking() {
        return new RowBatch(rows, true);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Bytes of all keys and values. */
    public int sizeBytes() {
        int sum = 0;
        for (Row row : rows) {
            sum += row.key().length + (row.value() == null ? 0 : row.value().length);
        }
        return sum;
    }

    /**
     * One row.
     *
     * @param key 1 to 65535 bytes
     * @param value null for a delete
     */
    public record Row(Area area, byte[] key, byte @Nullable [] value) {
        static final int KEY_BYTES_MAX = 0xffff;

        public Row {
            if (key.length == 0 || key.length > KEY_BYTES_MAX) {
                throw new IllegalArgumentException(
                        "a row's key has 1 to " + KEY_BYTES_MAX + " bytes, but got " + key.length);
            }
        }
    }

    /** Collects rows. Not safe for use by several threads. */
    public static final class Builder {
        private final List<Row> rows = new ArrayList<>();

        private Builder() {}

        public Builder put(Area area, byte[] key, byte[] value) {
            rows.add(new Row(area, key, value));
            return this;
        }

        public Builder delete(Area area, byte[] key) {
            rows.add(new Row(area, key, null));
            return this;
        }

        public RowBatch build() {
            return RowBatch.of(rows);
        }
    }
}
