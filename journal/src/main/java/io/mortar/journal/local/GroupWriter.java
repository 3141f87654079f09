package io.mortar.journal.local;

import io.mortar.journal.kv.KvFailedException;
import io.mortar.journal.kv.KvNoSpaceException;
import io.mortar.journal.kv.KvStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes the work of several persistent actors with one sync: what comes in while one group is written becomes the next. Work runs in the
 * order in which it was submitted, one at a time, and sees the rows of all work before it; its stage completes after it is durable. A
 * piece of work that throws fails alone, and leaves no rows.
 *
 * <p>After a failed write the state of the disk is not known: that group and all later work fails, and {@link #failure} completes.
 */
final class GroupWriter {
    private final KvStore store;
    private final Executor executor;
    private final int groupBytesMax;
    private final int pendingMax;
    private final CompletableFuture<KvFailedException> failure = new CompletableFuture<>();
    private final Queue<Pending<?>> pending = new ArrayDeque<>();
    private boolean draining;

    /** @param executor runs one task at a time, off every actor's thread */
    GroupWriter(KvStore store, Executor executor, int groupBytesMax, int pendingMax) {
        this.store = store;
        this.executor = executor;
        this.groupBytesMax = groupBytesMax;
        this.pendingMax = pendingMax;
    }

    /** Work and who waits for it. */
    private static final class Pending<T> {
        private final Function<RowChanges, T> work;
        private final CompletableFuture<T> done = new CompletableFuture<>();

        Pending(Function<RowChanges, T> work) {
            this.work = work;
        }

        /** Adds its rows to the group's; returns what is to be done once they are durable: nothing when the work failed. */
        Optional<Runnable> run(RowChanges group) {
            RowChanges mine = group.next();
            T result;
            try {
                result = work.apply(mine);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
                return Optional.empty();
            }
            group.addAll(mine);
            return Optional.of(() -> done.complete(result));
        }
    }

    <T> CompletionStage<T> submit(Function<RowChanges, T> work) {
        Pending<T> submitted = new Pending<>(work);
        synchronized (pending) {
            if (pending.size() >= pendingMax) {
                return CompletableFuture.failedFuture(new JournalOverloadedException(
                        pendingMax + " writes wait for the disk already: try again when it has caught up"));
            }
            pending.add(submitted);
            if (!draining) {
                draining = true;
                executor.execute(this::writeGroup);
            }
        }
        return submitted.done;
    }

    /** Completes when all work submitted before is durable or has failed: what the store holds then is the answer to it. */
    CompletionStage<Boolean> settled() {
        return submit(rows -> true);
    }

    /** Completes when the store has failed for good; the process should stop then. */
    CompletionStage<KvFailedException> failure() {
        return failure.minimalCompletionStage();
    }

    private void writeGroup() {
        RowChanges group = RowChanges.on(store);
        List<Pending<?>> members = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        while (group.sizeBytes() < groupBytesMax) {
            Pending<?> next = poll();
            if (next == null) {
                break;
            }
            members.add(next);
            next.run(group).ifPresent(answers::add);
        }
        try {
            store.write(group.toBatch());
            answers.forEach(Runnable::run);
        } catch (KvNoSpaceException | IllegalStateException e) {
            members.forEach(member -> member.done.completeExceptionally(e));
        } catch (KvFailedException e) {
            failure.complete(e);
            members.forEach(member -> member.done.completeExceptionally(e));
        } finally {
            scheduleNext();
        }
    }

    private @Nullable Pending<?> poll() {
        synchronized (pending) {
            return pending.poll();
        }
    }

    private void scheduleNext() {
        synchronized (pending) {
            draining = !pending.isEmpty();
            if (draining) {
                executor.execute(this::writeGroup);
            }
        }
    }
}
