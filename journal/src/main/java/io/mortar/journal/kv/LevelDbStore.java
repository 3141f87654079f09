package io.mortar.journal.kv;

import io.mortar.journal.space.DiskSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.ReadOptions;
import org.iq80.leveldb.Snapshot;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;
import org.jspecify.annotations.Nullable;

/**
 * A store on either LevelDB. Every write is synced. Native code must never see a closed handle: uses hold the shared lock, closing takes
 * it alone and closes what readers left open first.
 */
final class LevelDbStore implements KvStore {
    private final Path directory;
    private final DB db;
    private final RowChecksum checksum;
    private final DiskSpace space;
    private final DirectoryLock ownership;
    private final ReadWriteLock life = new ReentrantReadWriteLock();
    private final Set<Child> children = new HashSet<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private boolean closed;

    LevelDbStore(Path directory, DB db, RowChecksum checksum, DiskSpace space, DirectoryLock ownership) {
        this.directory = directory;
        this.db = db;
        this.checksum = checksum;
        this.space = space;
        this.ownership = ownership;
    }

    /** A native thing that must be closed before its store. */
    interface Child {
        void closeNative();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return get(key, readOptions());
    }

    @Override
    public KvCursor scan(byte[] from, byte[] to) {
        return scan(from, to, readOptions());
    }

    KvCursor scan(byte[] from, byte[] to, ReadOptions options) {
        return read(() -> {
            LevelDbCursor cursor = new LevelDbCursor(this, db.iterator(options), checksum, from, to);
            register(cursor);
            return cursor;
        });
    }

    byte @Nullable [] get(byte[] key, ReadOptions options) {
        Optional<byte[]> value =
                read(() -> Optional.ofNullable(db.get(key, options)).map(kept -> checksum.open(key, kept)));
        return value.orElse(null);
    }

    @Override
    public KvSnapshot snapshot() {
        return read(() -> {
            Snapshot snapshot = db.getSnapshot();
            LevelDbSnapshot view = new LevelDbSnapshot(this, snapshot);
            register(view);
            return view;
        });
    }

    @Override
    public void write(KvBatch batch) {
        if (batch.isEmpty()) {
            return;
        }
        life.readLock().lock();
        try {
            requireOpen();
            requireSound();
            requireRoom();
            writeSynced(batch);
        } finally {
            life.readLock().unlock();
        }
    }

    private void writeSynced(KvBatch batch) {
        try (WriteBatch rows = db.createWriteBatch()) {
            for (KvBatch.Row row : batch.rows()) {
                if (row.value() == null) {
                    rows.delete(row.key());
                } else {
                    rows.put(row.key(), checksum.seal(row.key(), row.value()));
                }
            }
            db.write(rows, new WriteOptions().sync(true));
        } catch (IOException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            throw new KvFailedException(
                    "store " + directory + " failed to write, what is on its disk is not known: " + e.getMessage(), e);
        }
    }

    private void requireSound() {
        Throwable first = failure.get();
        if (first != null) {
            throw new KvFailedException(
                    "store " + directory + " writes no more since a write failed: restart the node", first);
        }
    }

    private void requireRoom() {
        if (!space.acceptsWrites()) {
            throw new KvNoSpaceException("store " + directory + " refuses to write, its disk is nearly full: "
                    + space.describe() + "; free some space on it");
        }
    }

    /** Runs a read while the store cannot be closed. */
    <T> T read(Read<T> read) {
        life.readLock().lock();
        try {
            requireOpen();
            return run(read);
        } finally {
            life.readLock().unlock();
        }
    }

    private <T> T run(Read<T> read) {
        try {
            return read.run();
        } catch (RuntimeException e) {
            throw new KvFailedException("store " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    interface Read<T> {
        T run();
    }

    static ReadOptions readOptions() {
        return new ReadOptions().verifyChecksums(true);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("store " + directory + " is closed");
        }
    }

    private void register(Child child) {
        synchronized (children) {
            children.add(child);
        }
    }

    /** Closes a cursor or snapshot on its owner's behalf; does nothing when the store has closed it already. */
    void release(Child child) {
        life.readLock().lock();
        try {
            boolean mine;
            synchronized (children) {
                mine = children.remove(child);
            }
            if (mine) {
                child.closeNative();
            }
        } finally {
            life.readLock().unlock();
        }
    }

    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            new ArrayList<>(children).forEach(Child::closeNative);
            children.clear();
            db.close();
        } catch (IOException e) {
            throw new KvFailedException("store " + directory + " cannot be closed", e);
        } finally {
            ownership.close();
            life.writeLock().unlock();
        }
    }
}
