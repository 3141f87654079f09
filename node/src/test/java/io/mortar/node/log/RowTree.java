package io.mortar.node.log;

import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvSnapshot;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows in memory, in the order of their keys as unsigned bytes. */
public record RowTree(NavigableMap<byte[], byte[]> rows) implements KvSnapshot {
    public static RowTree empty() {
        return new RowTree(new TreeMap<>(Arrays::compareUnsigned));
    }

    public RowTree copy() {
        return new RowTree(new TreeMap<>(rows));
    }

    /** @param value null removes the row */
    public void set(byte[] key, byte @Nullable [] value) {
        if (value == null) {
            rows.remove(key);
        } else {
            rows.put(key, value);
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return rows.get(key);
    }

    @Override
    public KvCursor scan(byte[] from, byte[] to) {
        return new Cursor(rows.subMap(from, true, to, false).entrySet().iterator());
    }

    @Override
    public void close() {}

    private static final class Cursor implements KvCursor {
        private final Iterator<Map.Entry<byte[], byte[]>> rows;
        private Map.Entry<byte[], byte[]> row = Map.entry(new byte[0], new byte[0]);

        Cursor(Iterator<Map.Entry<byte[], byte[]>> rows) {
            this.rows = rows;
        }

        @Override
        public boolean next() {
            boolean more = rows.hasNext();
            if (more) {
                row = rows.next();
            }
            return more;
        }

        @Override
        public byte[] key() {
            return row.getKey();
        }

        @Override
        public byte[] value() {
            return row.getValue();
        }

        @Override
        public void close() {}
    }
}
