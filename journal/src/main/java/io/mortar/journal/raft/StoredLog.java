package io.mortar.journal.raft;

import java.util.List;

/**
 * The part of a log that is on stable storage. {@link RaftCore} reads it on the thread that calls the core, and only at indexes that
 * were reported by {@link RaftCore#persisted}, are above the point last returned by {@link RaftCore#compact} and are not about to be
 * overwritten by a {@link Ready} that was handed out. So a store may write, truncate and compact on another thread meanwhile.
 *
 * <p>Any failure to read is thrown as it is: the caller of the core must stop the process.
 */
public interface StoredLog {
    /** Where the log begins: the entry after it is the first one stored. Read once, at construction of the core. */
    SnapshotPoint start();

    /** Index of the last entry, or that of {@link #start()} if there is none. Read once, at construction of the core. */
    long lastIndex();

    /** The term of the entry at {@code index}, which is above {@code start().index()} and at most {@link #lastIndex()}. */
    long term(long index);

    /**
     * The entries from {@code from}, as many as fit {@code bytesMax} by {@link Entry#sizeBytes()}, but at least one.
     *
     * @param from above {@code start().index()}
     * @param toExclusive above {@code from}, at most {@code lastIndex() + 1}
     */
    List<Entry> entries(long from, long toExclusive, int bytesMax);
}
