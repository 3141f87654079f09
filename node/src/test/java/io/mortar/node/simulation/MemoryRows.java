package io.mortar.node.simulation;

import io.mortar.core.namespace.RowCursor;
import io.mortar.core.namespace.Rows;
import io.mortar.journal.state.RowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Application rows of one replica. */
final class MemoryRows implements Rows {
    private final NavigableMap<byte[], byte[]> rows;

    MemoryRows() {
        rows = new TreeMap<>(Arrays::compareUnsigned);
    }

    private MemoryRows(NavigableMap<byte[], byte[]> rows) {
        this.rows = rows;
    }

    MemoryRows copy() {
        return new MemoryRows(new TreeMap<>(rows));
    }

    void apply(RowBatch batch) {
        for (RowBatch.Row row : batch.rows()) {
            byte[] value = row.value();
            if (value == null) {
                rows.remove(row.key());
            } else {
                rows.put(row.key(), value);
            }
        }
    }

    /** Equal for two copies with the same rows. */
    int fingerprint() {
        int sum = 1;
        for (Map.Entry<byte[], byte[]> row : rows.entrySet()) {
            sum = 31 * sum + Arrays.hashCode(row.getKey());
            sum = 31 * sum + Arrays.hashCode(row.getValue());
        }
        return sum;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return rows.get(key);
    }

    @Override
    public RowCursor scan(byte[] from, byte[] to) {
        return new Cursor(
                Arrays.compareUnsigned(from, to) < 0
                        ? new ArrayList<>(rows.subMap(from, to).entrySet())
                        : List.of());
    }

    private static final class Cursor implements RowCursor {
        private final Iterator<Map.Entry<byte[], byte[]>> rest;
        private Map.@Nullable Entry<byte[], byte[]> current;

        Cursor(List<Map.Entry<byte[], byte[]>> rows) {
            rest = rows.iterator();
        }

        @Override
        public boolean next() {
            current = rest.hasNext() ? rest.next() : null;
            return current != null;
        }

        @Override
        public byte[] key() {
            return current().getKey();
        }

        @Override
        public byte[] value() {
            return current().getValue();
        }

        private Map.Entry<byte[], byte[]> current() {
            if (current == null) {
                throw new IllegalStateException("no row");
            }
            return current;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
