package io.mortar.journal.group;

import io.mortar.journal.log.RaftLogStore;
import io.mortar.journal.raft.Entry;
import io.mortar.journal.raft.HardState;
import io.mortar.journal.raft.Ready;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.journal.state.GroupStores;
import io.mortar.journal.state.SnapshotSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does what a core asks of stable storage, in the core's order: one lane for the log, one for the state. What waits for the log's disk is
 * written with one sync. Called by the actor; tells it when things are done.
 */
final class GroupStorage {
    private final GroupStores stores;
    private final Consumer<RaftCommand> actor;
    private final int groupBytesMax;
    private final StorageLane<LogWork> log;
    private final StorageLane<StateWork> state;

    /** @param groupBytesMax entries of one synced write of the log, beyond which no more are added to it */
    GroupStorage(
            GroupStores stores,
            Executor logThread,
            Executor applyThread,
            Consumer<RaftCommand> actor,
            int groupBytesMax) {
        this.stores = stores;
        this.actor = actor;
        this.groupBytesMax = groupBytesMax;
        Consumer<Throwable> failed = failure -> actor.accept(new RaftCommand.Broken(failure));
        this.log = new StorageLane<>(logThread, this::writeLog, failed);
        this.state = new StorageLane<>(applyThread, this::writeState, failed);
    }

    private sealed interface LogWork {}

    private record Write(long number, @Nullable HardState hardState, List<Entry> entries) implements LogWork {}

    /** @param applied completes when the state has applied all that was handed out before */
    private record Install(SnapshotSink copy, CompletableFuture<Boolean> applied) implements LogWork {}

    private record Compact(long at) implements LogWork {}

    private record DeleteSome() implements LogWork {}

    private sealed interface StateWork {}

    private record Apply(List<Entry> entries) implements StateWork {}

    private record Settle(CompletableFuture<Boolean> settled) implements StateWork {}

    /** Stores hard state and entries; {@link RaftCommand.Written} follows. */
    void write(Ready ready) {
        log.submit(new Write(ready.number(), ready.hardState(), ready.entries()));
    }

    /** Applies committed entries; {@link RaftCommand.Applied} follows. */
    void apply(List<Entry> entries) {
        state.submit(new Apply(entries));
    }

    /** Switches to a received copy after all that was submitted before; {@link RaftCommand.Installed} follows. */
    void install(SnapshotSink copy) {
        CompletableFuture<Boolean> applied = new CompletableFuture<>();
        state.submit(new Settle(applied));
        log.submit(new Install(copy, applied));
    }

    /** Makes the log begin after {@code at}, and deletes what lies before, some at a time. */
    void compact(long at) {
        log.submit(new Compact(at));
    }

    /** Deletes what a process that stopped has left before the log's start. */
    void tidy() {
        log.submit(new DeleteSome());
    }

    /** Tries again what was refused for lack of room. */
    void retry() {
        log.retry();
        state.retry();
    }

    void close() {
        log.close();
        for (StateWork dropped : state.close()) {
            if (dropped instanceof Settle settle) {
                settle.settled().cancel(false);
            }
        }
    }

    private int writeLog(List<LogWork> queued) {
        LogWork first = queued.get(0);
        if (first instanceof Write) {
            return writeGroup(queued);
        } else if (first instanceof Install install) {
            install.applied().join();
            SnapshotPoint point = stores.install(install.copy());
            actor.accept(new RaftCommand.Installed(point));
            tidy();
        } else if (first instanceof Compact compact) {
            stores.log().compactTo(compact.at());
            tidy();
        } else if (first instanceof DeleteSome) {
            if (stores.log().deleteSome()) {
                tidy();
            }
        } else {
            throw new AssertionError("unhandled " + first);
        }
        return 1;
    }

    /** Writes what waits with one sync: later entries take the place of earlier ones that they overwrite. */
    private int writeGroup(List<LogWork> queued) {
        @Nullable HardState hardState = null;
        List<Entry> entries = new ArrayList<>();
        long number = 0;
        long bytes = 0;
        int count = 0;
        for (LogWork work : queued) {
            if (!(work instanceof Write write) || bytes > groupBytesMax) {
                break;
            }
            hardState = write.hardState() == null ? hardState : write.hardState();
            if (!write.entries().isEmpty()) {
                cutFrom(entries, write.entries().get(0).index());
            }
            for (Entry entry : write.entries()) {
                entries.add(entry);
                bytes += entry.sizeBytes();
            }
            number = write.number();
            count++;
        }
        RaftLogStore target = stores.log();
        target.append(hardState, entries);
        actor.accept(new RaftCommand.Written(number));
        return count;
    }

    private static void cutFrom(List<Entry> entries, long index) {
        while (!entries.isEmpty() && entries.get(entries.size() - 1).index() >= index) {
            entries.remove(entries.size() - 1);
        }
    }

    private int writeState(List<StateWork> queued) {
        StateWork first = queued.get(0);
        if (first instanceof Apply apply) {
            stores.state().apply(apply.entries());
            Entry last = apply.entries().get(apply.entries().size() - 1);
            long bytes = apply.entries().stream().mapToLong(Entry::sizeBytes).sum();
            actor.accept(new RaftCommand.Applied(last.index(), bytes));
        } else if (first instanceof Settle settle) {
            settle.settled().complete(true);
        } else {
            throw new AssertionError("unhandled " + first);
        }
        return 1;
    }
}
