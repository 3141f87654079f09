package io.mortar.journal.rows;

import io.mortar.journal.kv.KvFailedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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
public final class GroupWriter {
    private final GroupTarget target;
    private final Executor executor;
    private final int groupBytesMax;
    private final int pendingMax;
    private final CompletableFuture<KvFailedException> failure = new CompletableFuture<>();
    private final Deque<Pending<?>> pending = new ArrayDeque<>();
    private boolean draining;

    /**
     * @param executor runs one task at a time, off every actor's thread
     * @param groupBytesMax of one write, unless a single piece of work is larger
     */
    public GroupWriter(GroupTarget target, Executor executor, int groupBytesMax, int pendingMax) {
        this.target = target;
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

        /** What is to be done once {@code mine}, which takes the work's rows, is durable: nothing when the work failed. */
        Optional<Runnable> run(RowChanges mine) {
            T result;
            try {
                result = work.apply(mine);
            } catch (RuntimeException | Error e) { // whoever waits must hear of an Error too
                done.completeExceptionally(e);
                return Optional.empty();
            }
            return Optional.of(() -> done.complete(result));
        }
    }

    /** Work that has run, and waits until its rows are durable. */
    private record Member(Pending<?> work, Runnable answer) {}

    /**
     * Submits work: it may run twice, when its rows do not fit in with the group that it was tried in, so it changes nothing but the rows.
     * The stage fails with {@link JournalOverloadedException} when too much work waits, with what the work threw, or with what
     * {@link GroupTarget#write} failed with.
     */
    public <T> CompletionStage<T> submit(Function<RowChanges, T> work) {
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
    public CompletionStage<Boolean> settled() {
        return submit(rows -> true);
    }

    /** Completes when the store has failed for good; the process should stop then. */
    public CompletionStage<KvFailedException> failure() {
        return failure.minimalCompletionStage();
    }

    private void writeGroup() {
        List<Member> members = new ArrayList<>();
        try {
            RowChanges group = RowChanges.on(target.begin());
            fill(group, members);
            target.write(group).whenComplete((done, cause) -> finish(members, cause));
        } catch (RuntimeException | Error e) {
            finish(members, e);
        }
    }

    private void fill(RowChanges group, List<Member> members) {
        while (group.sizeBytes() < groupBytesMax) {
            Pending<?> next = poll();
            if (next == null) {
                return;
            }
            RowChanges mine = group.next();
            Optional<Runnable> answer = next.run(mine);
            if (answer.isEmpty()) {
                continue;
            }
            if (!fits(mine, group)) {
                putBack(next);
                return;
            }
            group.addAll(mine);
            members.add(new Member(next, answer.get()));
        }
    }

    /** A group grows the store or it does not: so a full disk does not refuse deletions because of what they came with. */
    private boolean fits(RowChanges mine, RowChanges group) {
        return mine.isEmpty()
                || group.isEmpty()
                || (mine.isGrowing() == group.isGrowing() && group.sizeBytes() + mine.sizeBytes() <= groupBytesMax);
    }

    private void finish(List<Member> members, @Nullable Throwable failed) {
        try {
            if (failed == null) {
                members.forEach(member -> member.answer().run());
                return;
            }
            Throwable cause = ScalaFutures.cause(failed);
            if (cause instanceof KvFailedException fatal) {
                failure.complete(fatal);
            }
            members.forEach(member -> member.work().done.completeExceptionally(cause));
        } finally {
            scheduleNext();
        }
    }

    private @Nullable Pending<?> poll() {
        synchronized (pending) {
            return pending.poll();
        }
    }

    private void putBack(Pending<?> work) {
        synchronized (pending) {
            pending.addFirst(work);
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
