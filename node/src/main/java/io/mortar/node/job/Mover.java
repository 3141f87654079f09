package io.mortar.node.job;

import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.RelocationPlan;
import io.mortar.core.pool.BrickId;
import io.mortar.node.copying.Pace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The files that are being copied from one layout to another, a bounded number at once, a bounded number of their chunks at once. What it
 * does for a file survives its end: the coordinator's rows say that it was begun, and the next mover goes on with it. For use by one actor.
 */
final class Mover {
    /** Begins to copy a chunk. */
    @FunctionalInterface
    interface Copying {
        void copy(RelocationPlan.Copy copy, long order);
    }

    /** What became of a file. */
    record Result(long inode, long bytes, @Nullable String failure) {}

    private final int chunksMax;
    private final Copying copying;
    private final Consumer<JobCommand> steps;
    private final Map<Long, Transfer> transfers = new LinkedHashMap<>();
    private int chunkCount;

    /**
     * @param chunksMax that are copied at once
     * @param copying {@link #copied} is to be called at its end
     * @param steps has the coordinator carry out the end of a relocation, however often that takes; {@link #ended} is to be called then
     */
    Mover(int chunksMax, Copying copying, Consumer<JobCommand> steps) {
        this.chunksMax = chunksMax;
        this.copying = copying;
        this.steps = steps;
    }

    boolean has(long inode) {
        return transfers.containsKey(inode);
    }

    int fileCount() {
        return transfers.size();
    }

    /** Bytes that are still to come to each brick. */
    Map<BrickId, Long> coming() {
        Map<BrickId, Long> coming = new HashMap<>();
        for (Transfer transfer : transfers.values()) {
            RelocationPlan plan = transfer.plan();
            for (int column = 0; column < plan.to().layout().width(); column++) {
                long bytes = plan.to().columnBytes(column, plan.sizeBytes());
                for (BrickId brick : plan.to().layout().column(column)) {
                    if (!plan.from().layout().column(column).contains(brick)) {
                        coming.merge(brick, bytes, Long::sum);
                    }
                }
            }
        }
        return coming;
    }

    void add(RelocationPlan plan) {
        transfers.putIfAbsent(plan.version().inode(), new Transfer(plan));
    }

    /** Begins to copy chunks as long as there is room in the window and {@code pace} lets them go; nanoseconds to wait if it does not. */
    long pump(Pace pace, long nowNanos) {
        for (Transfer transfer : new ArrayList<>(transfers.values())) {
            while (chunkCount < chunksMax) {
                long waitNanos = pace.waitNanos(nowNanos);
                if (waitNanos > 0) {
                    return waitNanos;
                }
                RelocationPlan.Copy next = transfer.poll();
                if (next == null) {
                    break;
                }
                chunkCount++;
                pace.spend(next.sizeBytes(), nowNanos);
                copying.copy(next, transfer.plan().order());
            }
            end(transfer);
        }
        return 0;
    }

    /** @param failure null if the chunk is durably where it should be */
    void copied(long inode, @Nullable String failure) {
        chunkCount--;
        Transfer transfer = transfers.get(inode);
        if (transfer != null) {
            transfer.copied(failure);
            end(transfer);
        }
    }

    private void end(Transfer transfer) {
        if (!transfer.isThrough() || transfer.isEnding()) {
            return;
        }
        long inode = transfer.plan().version().inode();
        long order = transfer.plan().order();
        transfer.ending();
        steps.accept(
                transfer.failure() == null
                        ? new JobCommand.FinishRelocation(inode, order)
                        : new JobCommand.AbandonRelocation(inode, order));
    }

    /** What became of {@code inode}, whose relocation has ended, in one way or the other; null if it is none of these. */
    @Nullable
    Result ended(long inode) {
        Transfer transfer = transfers.get(inode);
        if (transfer == null || !transfer.isEnding()) {
            return null;
        }
        transfers.remove(inode);
        String failure = transfer.failure();
        return new Result(inode, failure == null ? transfer.plan().bytes() : 0, failure);
    }
}
