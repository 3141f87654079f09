package io.mortar.journal.state;

import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.kv.KvView;
import org.jspecify.annotations.Nullable;

/** The rows whose keys begin with a prefix, seen without it. */
class PrefixView implements KvView {
    private final KvView rows;
    private final byte[] prefix;

    PrefixView(KvView rows, byte[] prefix) {
        this.rows = rows;
        this.prefix = prefix;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return rows.get(StateKeys.join(prefix, key));
    }

    @Override
    public KvCursor scan(byte[] from, byte[] to) {
        return new Cursor(rows.scan(StateKeys.join(prefix, from), StateKeys.join(prefix, to)), prefix.length);
    }

    /** One state of them. */
    static final class Snapshot extends PrefixView implements KvSnapshot {
        private final KvSnapshot snapshot;

        Snapshot(KvSnapshot snapshot, byte[] prefix) {
            super(snapshot, prefix);
            this.snapshot = snapshot;
        }

        @Override
        public void close() {
            snapshot.close();
        }
    }

    private record Cursor(KvCursor cursor, int prefixLength) implements KvCursor {
        @Override
        public boolean next() {
            return cursor.next();
        }

        @Override
        public byte[] key() {
            byte[] key = cursor.key();
            byte[] rest = new byte[key.length - prefixLength];
            System.arraycopy(key, prefixLength, rest, 0, rest.length);
            return rest;
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
