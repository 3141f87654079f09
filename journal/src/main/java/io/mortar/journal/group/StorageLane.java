package io.mortar.journal.group;

import io.mortar.journal.kv.KvNoSpaceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Writes to one store, in order, one at a time, off the actor's thread. A write that is refused for lack of room stays at the head, with
 * all others behind it, until {@link #retry}; any other failure ends the lane for good, since nobody knows what is on the disk then.
 */
final class StorageLane<W> {
    private static final int QUEUED_AT_ONCE = 64;

    private final Executor executor;
    private final Writer<W> writer;
    private final Consumer<Throwable> failed;
    private final Deque<W> queue = new ArrayDeque<>();
    private boolean running;
    private boolean closed;

    /** @param failed told once, on the lane's thread */
    StorageLane(Executor executor, Writer<W> writer, Consumer<Throwable> failed) {
        this.executor = executor;
        this.writer = writer;
        this.failed = failed;
    }

    interface Writer<W> {
        /**
         * Does the first works of {@code queued} that make one write, and tells who waits for them.
         *
         * @param queued at least one
         * @return how many were done, at least one
         */
        int write(List<W> queued);
    }

    void submit(W work) {
        synchronized (queue) {
            if (!closed) {
                queue.add(work);
                schedule();
            }
        }
    }

    /** Goes on after a refusal, if there was one. */
    void retry() {
        synchronized (queue) {
            schedule();
        }
    }

    /** Drops what waits; what is being written goes on, and nobody is told of its end. */
    List<W> close() {
        synchronized (queue) {
            closed = true;
            List<W> dropped = List.copyOf(queue);
            queue.clear();
            return dropped;
        }
    }

    private void schedule() {
        if (!running && !closed && !queue.isEmpty()) {
            running = true;
            executor.execute(this::run);
        }
    }

    /** The edge of the thread: whatever comes out of a store, an Error too, must stop this member. */
    private void run() {
        try {
            finish(writer.write(head()), true);
        } catch (KvNoSpaceException e) {
            finish(0, false);
        } catch (Throwable e) {
            boolean mine;
            synchronized (queue) {
                mine = !closed;
            }
            close();
            if (mine) {
                failed.accept(e);
            }
        }
    }

    private List<W> head() {
        List<W> head = new ArrayList<>();
        synchronized (queue) {
            queue.stream().limit(QUEUED_AT_ONCE).forEach(head::add);
        }
        return head;
    }

    private void finish(int done, boolean goOn) {
        synchronized (queue) {
            running = false;
            for (int i = 0; i < done && !closed; i++) {
                queue.removeFirst();
            }
            if (goOn) {
                schedule();
            }
        }
    }
}
