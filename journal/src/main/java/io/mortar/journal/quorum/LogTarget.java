package io.mortar.journal.quorum;

import io.mortar.journal.group.EntryTooLargeException;
import io.mortar.journal.group.LeadershipLostException;
import io.mortar.journal.group.LogOverloadedException;
import io.mortar.journal.group.ReplicatedLog;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.kv.KvView;
import io.mortar.journal.rows.GroupTarget;
import io.mortar.journal.rows.JournalOverloadedException;
import io.mortar.journal.rows.RowChanges;
import io.mortar.journal.rows.ScalaFutures;
import io.mortar.journal.state.Area;
import io.mortar.journal.state.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Groups of rows for a replicated log. A group belongs to the leadership that was current when it began; its rows are computed from what
 * that leadership has applied while none of its entries is on the way, so nobody else changes them meanwhile.
 */
final class LogTarget implements GroupTarget {
    private final ReplicatedLog log;
    private final Leadership leadership;
    private final Executor executor;
    private long term = Leadership.NONE;

    /** @param executor the writer's, to which answers come back */
    LogTarget(ReplicatedLog log, Leadership leadership, Executor executor) {
        this.log = log;
        this.leadership = leadership;
        this.executor = executor;
    }

    @Override
    public KvView begin() {
        term = leadership.term();
        return log.journalRows();
    }

    /** For work that runs in a group: throws {@link LeadershipLostException} when the group is not one of {@code wanted}. */
    void requireTerm(long wanted) {
        if (term != wanted) {
            throw new LeadershipLostException("leadership of term " + wanted + " has ended, this is not written");
        }
    }

    @Override
    public CompletionStage<?> write(RowChanges group) {
        if (group.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        long appended = term;
        return log.append(batch(group), appended)
                .whenCompleteAsync(
                        (index, failure) -> {
                            if (failure != null && !isRefusal(failure)) {
                                leadership.giveUp(appended);
                            }
                        },
                        executor);
    }

    /** Whether a write failed before anything happened, so that the next one may be tried. */
    static boolean isRefusal(Throwable failure) {
        Throwable cause = ScalaFutures.cause(failure);
        return cause instanceof KvNoSpaceException
                || cause instanceof JournalOverloadedException
                || cause instanceof LogOverloadedException
                || cause instanceof WriteTooLargeException
                || cause instanceof EntryTooLargeException;
    }

    private static RowBatch batch(RowChanges group) {
        List<RowBatch.Row> rows = new ArrayList<>();
        group.forEachOfApplication((key, value) -> rows.add(new RowBatch.Row(Area.APPLICATION, key, value)));
        group.forEach((key, value) -> rows.add(new RowBatch.Row(Area.JOURNAL, key, value)));
        return new RowBatch(rows, !group.isGrowing());
    }
}
