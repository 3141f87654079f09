package io.mortar.journal.kv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import org.iq80.leveldb.DBIterator;
import org.jspecify.annotations.Nullable;

/** A range of a LevelDB iterator. */
final class LevelDbCursor implements KvCursor, LevelDbStore.Child {
    private final LevelDbStore store;
    private final DBIterator iterator;
    private final RowChecksum checksum;
    private final byte[] from;
    private final byte[] to;
    private boolean started;
    private boolean closed;
    private Map.@Nullable Entry<byte[], byte[]> row;

    LevelDbCursor(LevelDbStore store, DBIterator iterator, RowChecksum checksum, byte[] from, byte[] to) {
        this.store = store;
        this.iterator = iterator;
        this.checksum = checksum;
        this.from = from;
        this.to = to;
    }

    @Override
    public boolean next() {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
        return store.read(this::step);
    }

    private boolean step() {
        boolean first = !started;
        if (first) {
            started = true;
            iterator.seek(from);
        }
        boolean ended = !first && row == null;
        if (ended || !iterator.hasNext()) {
            row = null;
            return false;
        }
        Map.Entry<byte[], byte[]> found = iterator.next();
        if (Arrays.compareUnsigned(found.getKey(), to) >= 0) {
            row = null;
            return false;
        }
        row = Map.entry(found.getKey(), checksum.open(found.getKey(), found.getValue()));
        return true;
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
        if (row == null) {
            throw new IllegalStateException("the cursor is not on a row");
        }
        return row;
    }

    @Override
    public void closeNative() {
        try {
            iterator.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        row = null;
        store.release(this);
    }
}
