package io.mortar.journal.state;

import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvSnapshot;
import io.mortar.journal.kv.KvStore;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.log.StoreRefusedException;
import io.mortar.journal.log.StoredPoint;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.MembershipCodec;
import io.mortar.journal.raft.SnapshotPoint;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one member of one group has applied: journal rows, application rows, and the point up to which. One thread applies and installs;
 * any may read. The views stay the same when another state is installed and show it from then on; snapshots and cursors that are open
 * then end: their next use throws {@link IllegalStateException}.
 */
public final class StateStore implements AutoCloseable {
    private final StateDirectory directory;
    private final GroupIdentity identity;
    private final KvOptions options;
    private final ReadWriteLock change = new ReentrantReadWriteLock();
    private volatile Path path;
    private KvStore store;
    private volatile SnapshotPoint applied;

    private StateStore(StateDirectory directory, Path path, GroupIdentity identity, KvOptions options, KvStore store) {
        this.directory = directory;
        this.path = path;
        this.identity = identity;
        this.options = options;
        this.store = store;
        identity.require(store.get(StateKeys.identity(identity.group())), path);
        SnapshotPoint point = point(store, StateKeys.applied(identity.group()), path);
        if (point == null) {
            throw StoreRefusedException.damaged(path, "up to where it is applied");
        }
        this.applied = point;
    }

    /** Opens the state at {@code path}; throws {@link StoreRefusedException} when it is another group's or incomplete. */
    static StateStore open(StateDirectory directory, Path path, GroupIdentity identity, KvOptions options) {
        if (!KvStores.exists(path)) {
            throw StoreRefusedException.damaged(directory, "its state " + path.getFileName());
        }
        KvStore store = KvStores.open(path, options);
        boolean opened = false;
        try {
            StateStore state = new StateStore(directory, path, identity, options, store);
            opened = true;
            return state;
        } finally {
            if (!opened) {
                store.close();
            }
        }
    }

    /** Makes a state without rows that has applied up to {@code point}. */
    static void create(Path path, GroupIdentity identity, SnapshotPoint point, KvOptions options) {
        try (KvStore store = KvStores.open(path, options)) {
            store.write(new KvBatch()
                    .put(StateKeys.identity(identity.group()), identity.toValue())
                    .put(StateKeys.applied(identity.group()), StoredPoint.toBytes(point)));
        }
    }

    static @Nullable SnapshotPoint point(KvView rows, byte[] key, Object where) {
        byte[] value = rows.get(key);
        try {
            return value == null ? null : StoredPoint.read(value);
        } catch (IllegalArgumentException e) {
            throw StoreRefusedException.damaged(where, "up to where it is applied: " + e.getMessage());
        }
    }

    /** Up to which entry everything is applied durably, and the membership in force there. */
    public SnapshotPoint applied() {
        return applied;
    }

    /** Where this state was installed from a copy, if it was. */
    @Nullable
    SnapshotPoint installed() {
        return read(rows -> point(rows, StateKeys.installed(identity.group()), path));
    }

    /**
     * Applies committed entries in one synced batch, with the point up to which they reach. Entries that are applied already are skipped;
     * the first other one must follow {@link #applied}. Throws {@link KvNoSpaceException} when nothing was applied because the disk is
     * nearly full; {@link KvFailedException} when the state of the disk is not known, and {@link StoreRefusedException} when an entry
     * cannot be read: then the process must stop.
     */
    public void apply(List<Entry> entries) {
        SnapshotPoint before = applied;
        KvBatch batch = new KvBatch();
        long index = before.index();
        long term = before.term();
        Membership membership = before.membership();
        for (Entry entry : entries) {
            if (entry.index() <= before.index()) {
                continue;
            }
            if (entry.index() != index + 1 || entry.term() < term) {
                throw new AssertionError(
                        "entry " + entry + " does not follow what is applied, entry " + index + " of term " + term);
            }
            index = entry.index();
            term = entry.term();
            membership = collect(entry, membership, batch);
        }
        if (index == before.index()) {
            return;
        }
        SnapshotPoint after = new SnapshotPoint(index, term, membership);
        batch.put(StateKeys.applied(identity.group()), StoredPoint.toBytes(after));
        this.<@Nullable Object>use(rows -> {
            rows.write(batch);
            return null;
        });
        applied = after;
    }

    /** Adds what {@code entry} changes to {@code batch}; returns the membership after it. */
    private Membership collect(Entry entry, Membership before, KvBatch batch) {
        try {
            switch (entry.kind()) {
                case EMPTY -> {}
                case ROWS -> RowBatchCodec.decode(entry.payload()).rows().forEach(row -> collect(row, batch));
                case MEMBERSHIP -> {
                    return MembershipCodec.decode(entry.payload());
                }
            }
            return before;
        } catch (IllegalArgumentException e) {
            throw new StoreRefusedException("entry " + entry + " cannot be applied to " + path + ": " + e.getMessage()
                    + ". If other members apply it, run their version of Mortar here");
        }
    }

    private void collect(RowBatch.Row row, KvBatch batch) {
        byte[] key = StateKeys.join(StateKeys.prefix(identity.group(), row.area()), row.key());
        byte[] value = row.value();
        if (value == null) {
            batch.delete(key);
        } else {
            batch.put(key, value);
        }
    }

    /** The present journal rows, without the prefix of their area. */
    public KvView journalRows() {
        return rows(Area.JOURNAL);
    }

    /** The present application rows, without the prefix of their area. */
    public KvView applicationRows() {
        return rows(Area.APPLICATION);
    }

    private KvView rows(Area area) {
        return new PrefixView(new Present(), StateKeys.prefix(identity.group(), area));
    }

    /** The application rows at one state, which is that of some {@link #applied}. */
    public KvSnapshot applicationSnapshot() {
        return read(
                rows -> new PrefixView.Snapshot(rows.snapshot(), StateKeys.prefix(identity.group(), Area.APPLICATION)));
    }

    /** The journal rows at one state. */
    public KvSnapshot journalSnapshot() {
        return read(rows -> new PrefixView.Snapshot(rows.snapshot(), StateKeys.prefix(identity.group(), Area.JOURNAL)));
    }

    /** A copy of the present state to be sent; to be closed. Several may be open; each keeps what it sees from being merged away. */
    public SnapshotSource snapshotSource() {
        return read(rows -> SnapshotSource.over(rows.snapshot(), identity.group(), path));
    }

    /** Takes in a copy beside this state, one at a time: close the last one first. */
    public SnapshotSink snapshotSink() {
        return SnapshotSink.open(this, directory.next(), identity, options);
    }

    /** Switches to the complete state in {@code copy}, durably, and deletes the present one. */
    void switchTo(Path copyPath, KvStore copy, SnapshotPoint point) {
        Path old = path;
        change.writeLock().lock();
        try {
            directory.use(copyPath);
            store.close();
            store = copy;
            path = copyPath;
            applied = point;
        } finally {
            change.writeLock().unlock();
        }
        directory.remove(old);
    }

    /** Deletes a copy that was not switched to. */
    void discard(Path copyPath) {
        directory.remove(copyPath);
    }

    private <T extends @Nullable Object> T read(Function<KvStore, T> read) {
        return use(read);
    }

    private <T extends @Nullable Object> T use(Function<KvStore, T> use) {
        change.readLock().lock();
        try {
            return use.apply(store);
        } finally {
            change.readLock().unlock();
        }
    }

    @Override
    public void close() {
        change.writeLock().lock();
        try {
            store.close();
        } finally {
            change.writeLock().unlock();
        }
    }

    /** All rows of whatever state is present. */
    private final class Present implements KvView {
        @Override
        public byte @Nullable [] get(byte[] key) {
            return StateStore.this.<byte @Nullable []>use(rows -> rows.get(key));
        }

        @Override
        public KvCursor scan(byte[] from, byte[] to) {
            return use(rows -> rows.scan(from, to));
        }
    }
}
