package io.mortar.node.job;

import io.mortar.core.namespace.RowChange;
import io.mortar.core.namespace.RowCursor;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.row.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of the volume. */
final class ModelRows implements Rows {
    private final NavigableMap<byte[], byte[]> rows;
    private final @Nullable Table hidden;
    /** Grows with every change. */
    long changeCount;

    ModelRows() {
        this(new TreeMap<>(Arrays::compareUnsigned), null);
    }

    private ModelRows(NavigableMap<byte[], byte[]> rows, @Nullable Table hidden) {
        this.rows = rows;
        this.hidden = hidden;
    }

    /** The same ones as somebody sees them who does not look into {@code table}. */
    ModelRows without(Table table) {
        return new ModelRows(rows, table);
    }

    void apply(List<RowChange> changes) {
        changeCount += changes.size();
        for (RowChange change : changes) {
            byte @Nullable [] value = change.value();
            if (value == null) {
                rows.remove(change.key());
            } else {
                rows.put(change.key(), value);
            }
        }
    }

    private boolean isHidden(byte[] key) {
        return hidden != null && key[0] == hidden.letter();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return isHidden(key) ? null : rows.get(key);
    }

    @Override
    public RowCursor scan(byte[] from, byte[] to) {
        boolean isEmpty = isHidden(from) || Arrays.compareUnsigned(from, to) >= 0;
        return new Cursor(
                isEmpty ? List.of() : new ArrayList<>(rows.subMap(from, to).entrySet()));
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
            return Objects.requireNonNull(current).getKey();
        }

        @Override
        public byte[] value() {
            return Objects.requireNonNull(current).getValue();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
