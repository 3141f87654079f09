package io.mortar.core.namespace;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows in a sorted map; counts cursors that were left open. */
final class MemoryRows implements Rows {
    final NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
    int openCursors;

    void apply(List<RowChange> changes) {
        for (RowChange change : changes) {
            byte @Nullable [] value = change.value();
            if (value == null) {
                rows.remove(change.key());
            } else {
                rows.put(change.key(), value);
            }
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return rows.get(key);
    }

    @Override
    public RowCursor scan(byte[] from, byte[] to) {
        openCursors++;
        Iterator<Map.Entry<byte[], byte[]>> iterator = Arrays.compareUnsigned(from, to) < 0
                ? new TreeMap<>(rows.subMap(from, to)).entrySet().iterator()
                : List.<Map.Entry<byte[], byte[]>>of().iterator();
        return new RowCursor() {
            private Map.@Nullable Entry<byte[], byte[]> current;

            @Override
            public boolean next() {
                current = iterator.hasNext() ? iterator.next() : null;
                return current != null;
            }

            @Override
            public byte[] key() {
                return entry().getKey();
            }

            @Override
            public byte[] value() {
                return entry().getValue();
            }

            private Map.Entry<byte[], byte[]> entry() {
                if (current == null) {
                    throw new IllegalStateException("no row");
                }
                return current;
            }

            @Override
            public void close() {
                openCursors--;
            }
        };
    }
}
