package io.mortar.journal.kv;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.iq80.leveldb.ReadOptions;
import org.iq80.leveldb.Snapshot;
import org.jspecify.annotations.Nullable;

/** A state kept by LevelDB. */
final class LevelDbSnapshot implements KvSnapshot, LevelDbStore.Child {
    private final LevelDbStore store;
    private final Snapshot snapshot;
    private volatile boolean released;

    LevelDbSnapshot(LevelDbStore store, Snapshot snapshot) {
        this.store = store;
        this.snapshot = snapshot;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return store.get(key, options());
    }

    @Override
    public KvCursor scan(byte[] from, byte[] to) {
        return store.scan(from, to, options());
    }

    private ReadOptions options() {
        if (released) {
            throw new IllegalStateException("the snapshot is closed");
        }
        return LevelDbStore.readOptions().snapshot(snapshot);
    }

    @Override
    public void closeNative() {
        released = true;
        try {
            snapshot.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        store.release(this);
    }
}
