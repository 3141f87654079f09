package io.mortar.node.brick.store;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Work that costs the same for one as for many, above all a sync: what is submitted while a round runs is done together in the next
 * one. Rounds run one after the other on {@code executor}; nobody waits on a thread.
 */
final class GroupCommit<T> {
    /** Bound on a round, so that its first entries do not wait for too many others. */
    private static final int ROUND_SIZE_MAX = 256;

    private final Executor executor;
    private final Round<T> round;
    private final Function<Throwable, RuntimeException> failure;
    private final ArrayDeque<Entry<T>> waiting = new ArrayDeque<>();
    private boolean running;

    /** Does the work of all entries. It may complete some of them itself; the others are completed when it returns or throws. */
    interface Round<T> {
        void run(List<Entry<T>> entries) throws IOException;
    }

    record Entry<T>(T item, CompletableFuture<Void> done) {}

    /** @param failure makes of what a round threw what its entries fail with */
    GroupCommit(Executor executor, Round<T> round, Function<Throwable, RuntimeException> failure) {
        this.executor = executor;
        this.round = round;
        this.failure = failure;
    }

    /** Completed when a round that began after this call has ended. */
    CompletableFuture<Void> submit(T item) {
        Entry<T> entry = new Entry<>(item, new CompletableFuture<>());
        boolean start;
        synchronized (waiting) {
            waiting.add(entry);
            start = !running;
            running = true;
        }
        if (start) {
            executor.execute(this::runRounds);
        }
        return entry.done();
    }

    private void runRounds() {
        for (List<Entry<T>> entries = next(); !entries.isEmpty(); entries = next()) {
            try {
                round.run(entries);
                entries.forEach(e -> e.done().complete(null));
            } catch (IOException | RuntimeException | Error e) {
                // Errors too: whoever waits must hear of them, and nobody above this thread would.
                RuntimeException reported = failure.apply(e);
                entries.forEach(entry -> entry.done().completeExceptionally(reported));
            }
        }
    }

    private List<Entry<T>> next() {
        synchronized (waiting) {
            List<Entry<T>> entries = new ArrayList<>(Math.min(waiting.size(), ROUND_SIZE_MAX));
            while (entries.size() < ROUND_SIZE_MAX && !waiting.isEmpty()) {
                entries.add(waiting.remove());
            }
            running = !entries.isEmpty();
            return entries;
        }
    }
}
