package io.mortar.journal.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the shell has to do next. Several may be outstanding; what they contain is done in the order in which they were taken.
 *
 * <ol>
 *   <li>{@code messages} may be sent at once, before anything of this or an earlier {@code Ready} is stored: the core holds back by
 *       itself whatever depends on a write, until {@link RaftCore#persisted} reports it.
 *   <li>If {@code install} is present: the state is switched to the received snapshot (after the applies that were handed out
 *       before), durably; then the log is emptied and made to begin at {@code install}, durably; then {@link RaftCore#installed} is
 *       called. Never the other way round: a log that begins beyond the state cannot be recovered from.
 *   <li>{@code hardState} and {@code entries} go to the log in one atomic, synced write. The first entry may have an index that is
 *       already in the log: it and all that follow are replaced. Then {@link RaftCore#persisted} is called with {@code number}. A
 *       later {@code Ready} may be written together with this one, never before it; one with nothing to write ({@link #mustPersist()})
 *       needs no sync, but takes its turn.
 *   <li>{@code committed} is applied in order, with {@code applied} row and entries in one durable step; then {@link
 *       RaftCore#applied} is called. At most one non-empty batch is outstanding. Its entries are already on this replica's stable
 *       storage.
 * </ol>
 *
 * @param number counts from 1 in every life of a core
 * @param hardState to store, if it changed
 * @param entries to append
 * @param messages to send now
 * @param committed to apply, bounded by {@link RaftSettings#committedBytesMax()}; every kind of entry appears, so that indexes have
 *     no gaps
 * @param reads answers to {@link RaftCore#readIndex}
 * @param snapshots to stream, one per member at a time; ended by {@link RaftCore#snapshotSent}
 * @param install snapshot to install, the one whose {@link Message.SnapshotDone} was stepped last
 */
public record Ready(
        long number,
        @Nullable HardState hardState,
        List<Entry> entries,
        List<Message> messages,
        List<Entry> committed,
        List<ReadResult> reads,
        List<SnapshotWanted> snapshots,
        @Nullable SnapshotPoint install) {
    public Ready {
        entries = List.copyOf(entries);
        messages = List.copyOf(messages);
        committed = List.copyOf(committed);
        reads = List.copyOf(reads);
        snapshots = List.copyOf(snapshots);
    }

    /** Whether anything has to be written before {@link RaftCore#persisted} may be called for this and later ones. */
    public boolean mustPersist() {
        return hardState != null || !entries.isEmpty() || install != null;
    }
}
