package io.mortar.node.coordinator;

import io.mortar.core.namespace.RowCursor;
import io.mortar.core.namespace.Rows;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvView;
import org.jspecify.annotations.Nullable;

/** Rows of a key-value store, as the rules read them. */
record StoreRows(KvView view) implements Rows {
    @Override
    public byte @Nullable [] get(byte[] key) {
        return view.get(key);
    }

    @Override
    public RowCursor scan(byte[] from, byte[] to) {
        return new Cursor(view.scan(from, to));
    }

    private record Cursor(KvCursor cursor) implements RowCursor {
        @Override
        public boolean next() {
            return cursor.next();
        }

        @Override
        public byte[] key() {
            return cursor.key();
        }

        @Override
        public byte[] value() {
            return cursor.value();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
