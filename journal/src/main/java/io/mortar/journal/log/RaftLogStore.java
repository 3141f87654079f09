package io.mortar.journal.log;

import io.mortar.journal.kv.KvBatch;
import io.mortar.journal.kv.KvCursor;
import io.mortar.journal.kv.KvFailedException;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvStore;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.journal.raft.StoredLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of one member of one group: entries, hard state and the point at which the log begins. What a writing method has returned from
 * is on stable storage. Every write throws {@link KvNoSpaceException} when nothing was written because the disk is nearly full, and
 * {@link KvFailedException} when the state of the disk is not known and the process must stop.
 *
 * <p>One thread writes; others may read meanwhile, entries that are not being replaced or dropped.
 */
public final class RaftLogStore implements StoredLog, AutoCloseable {
    private static final int DELETED_AT_ONCE = 1000;

    private final Path directory;
    private final int group;
    private final KvStore store;
    private final LogIndex index;
    private volatile HardState hardState;
    /** Rows below this were deleted already. */
    private long deletedBelow;

    private RaftLogStore(Path directory, int group, KvStore store, LogCheck.Found found) {
        this.directory = directory;
        this.group = group;
        this.store = store;
        this.index = found.index();
        this.hardState = found.hardState();
        this.deletedBelow = found.firstStored();
    }

    /**
     * Makes an empty log in {@code directory}, which begins at {@code start}. One that is there already is opened if it is exactly this,
     * else {@link StoreRefusedException} is thrown.
     */
    public static RaftLogStore create(
            Path directory, GroupIdentity identity, HardState hardState, SnapshotPoint start, KvOptions options) {
        KvStore store = KvStores.open(directory, options);
        return openOrClose(store, () -> {
            if (isEmpty(store)) {
                store.write(new KvBatch()
                        .put(LogRows.identityKey(identity.group()), identity.toValue())
                        .put(LogRows.hardStateKey(identity.group()), LogRows.hardState(hardState))
                        .put(LogRows.startKey(identity.group()), StoredPoint.toBytes(start)));
            }
            RaftLogStore log = checked(directory, identity, store);
            if (log.lastIndex() != start.index() || !log.start().equals(start) || !log.hardState.equals(hardState)) {
                throw new StoreRefusedException(directory + " holds a log up to " + log.lastIndex()
                        + " already, and none is made in its place: if it is not needed, move it away");
            }
            return log;
        });
    }

    /**
     * Opens the log in {@code directory} after reading all of it once. Throws {@link StoreRefusedException} when it is another group's or
     * has lost or changed something.
     */
    public static RaftLogStore open(Path directory, GroupIdentity identity, KvOptions options) {
        KvStore store = KvStores.open(directory, options);
        return openOrClose(store, () -> checked(directory, identity, store));
    }

    private interface Opening {
        RaftLogStore run();
    }

    private static RaftLogStore openOrClose(KvStore store, Opening opening) {
        boolean opened = false;
        try {
            RaftLogStore log = opening.run();
            opened = true;
            return log;
        } finally {
            if (!opened) {
                store.close();
            }
        }
    }

    private static RaftLogStore checked(Path directory, GroupIdentity identity, KvStore store) {
        LogCheck.Found found = new LogCheck(directory, identity, store).run();
        return new RaftLogStore(directory, identity.group(), store, found);
    }

    private static boolean isEmpty(KvStore store) {
        try (KvCursor rows = store.scan(new byte[0], new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff})) {
            return !rows.next();
        }
    }

    public HardState hardState() {
        return hardState;
    }

    @Override
    public SnapshotPoint start() {
        return index.start();
    }

    @Override
    public long lastIndex() {
        return index.lastIndex();
    }

    /** From memory. Also of {@link #start}. */
    @Override
    public long term(long at) {
        return index.term(at);
    }

    /** The membership in force after the entry at {@code at}, which is in the log or where it starts. From memory. */
    public Membership membership(long at) {
        return index.membership(at);
    }

    @Override
    public List<Entry> entries(long from, long toExclusive, int bytesMax) {
        if (from <= index.start().index() || from >= toExclusive || toExclusive > index.lastIndex() + 1) {
            throw new IllegalArgumentException("log " + directory + " holds the entries after "
                    + index.start().index() + " up to " + index.lastIndex() + ", not " + from + " to "
                    + (toExclusive - 1));
        }
        List<Entry> entries = new ArrayList<>();
        long bytes = 0;
        try (KvCursor rows = store.scan(LogRows.entryKey(group, from), LogRows.entryKey(group, toExclusive))) {
            for (long next = from; next < toExclusive; next++) {
                if (!rows.next() || LogRows.index(rows.key()) != next) {
                    throw StoreRefusedException.damaged(directory, "entry " + next + " of its log");
                }
                Entry entry = LogRows.entry(next, rows.value(), directory).entry();
                bytes += entry.sizeBytes();
                if (bytes > bytesMax && !entries.isEmpty()) {
                    return entries;
                }
                entries.add(entry);
            }
        }
        return entries;
    }

    /**
     * Stores both in one synced batch. If the first entry's index is in the log already, it and all after it are replaced.
     *
     * @param changed null if it is the same as before
     * @param entries continuous, of terms that do not decrease, the first at most one after the last one of the log
     */
    public void append(@Nullable HardState changed, List<Entry> entries) {
        if (changed == null && entries.isEmpty()) {
            return;
        }
        HardState next = changed == null ? hardState : changed;
        KvBatch batch = new KvBatch();
        if (changed != null) {
            batch.put(LogRows.hardStateKey(group), LogRows.hardState(next));
        }
        if (!entries.isEmpty()) {
            requireAppendable(entries, next);
            long previousTerm = index.term(entries.get(0).index() - 1);
            for (Entry entry : entries) {
                batch.put(LogRows.entryKey(group, entry.index()), LogRows.entry(entry, previousTerm));
                previousTerm = entry.term();
            }
            deleteAfter(entries.get(entries.size() - 1).index(), batch);
        }
        store.write(batch);
        hardState = next;
        entries.forEach(index::add);
    }

    private void requireAppendable(List<Entry> entries, HardState next) {
        long at = entries.get(0).index();
        if (at <= index.start().index() || at > index.lastIndex() + 1) {
            throw new IllegalArgumentException("entry " + at + " does not follow a log that holds the entries after "
                    + index.start().index() + " up to " + index.lastIndex());
        }
        long term = index.term(at - 1);
        for (Entry entry : entries) {
            if (entry.index() != at || entry.term() < term || entry.term() > next.term()) {
                throw new IllegalArgumentException("entry " + entry + " cannot be at " + at + " after term " + term
                        + " in the log of a member in term " + next.term());
            }
            term = entry.term();
            at++;
        }
    }

    private void deleteAfter(long last, KvBatch batch) {
        for (long at = last + 1; at <= index.lastIndex(); at++) {
            batch.delete(LogRows.entryKey(group, at));
        }
    }

    /**
     * Makes the log begin after {@code at}, which is in it; nothing changes if it begins there or later already. The entries go with
     * calls of {@link #deleteSome}.
     */
    public void compactTo(long at) {
        if (at <= index.start().index()) {
            return;
        }
        SnapshotPoint point = index.point(at);
        store.write(new KvBatch().put(LogRows.startKey(group), StoredPoint.toBytes(point)));
        index.startAt(point);
    }

    /**
     * Deletes up to 1000 entries that {@link #compactTo} or {@link #reset} have left before the start; also those that were left by a
     * process that stopped in between. Call it until it returns false; other writes may come between.
     *
     * @return whether there are more
     */
    public boolean deleteSome() {
        long end = index.start().index() + 1;
        KvBatch batch = new KvBatch();
        long next = end;
        try (KvCursor rows = store.scan(LogRows.entryKey(group, deletedBelow), LogRows.entryKey(group, end))) {
            for (int count = 0; rows.next(); count++) {
                if (count == DELETED_AT_ONCE) {
                    next = LogRows.index(rows.key());
                    break;
                }
                batch.delete(rows.key());
            }
        }
        store.write(batch);
        deletedBelow = next;
        return next < end;
    }

    /** Drops all entries: the log begins at {@code point}, to which the state was switched durably before. */
    public void reset(SnapshotPoint point) {
        HardState next = point.term() > hardState.term() ? new HardState(point.term(), null) : hardState;
        KvBatch batch = new KvBatch()
                .put(LogRows.startKey(group), StoredPoint.toBytes(point))
                .put(LogRows.hardStateKey(group), LogRows.hardState(next));
        deleteAfter(point.index(), batch);
        store.write(batch);
        hardState = next;
        index.restart(point);
    }

    @Override
    public void close() {
        store.close();
    }
}
