package io.mortar.client.memory;

import akka.actor.typed.Scheduler;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import scala.concurrent.ExecutionContextExecutor;

/**
 * The bytes that all uploads and downloads of a node may hold at once. Whoever wants to hold chunk data acquires a permit of its size
 * first; permits are granted in the order they were asked for, so a large one is not starved by small ones. Safe for use by several
 * threads.
 */
public final class TransferBudget {
    private final long totalBytes;
    private final Scheduler scheduler;
    private final ExecutionContextExecutor executor;
    private final Object lock = new Object();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private long freeBytes;

    /** @param executor runs what waits for a permit, so that no lock is held meanwhile */
    public TransferBudget(long totalBytes, Scheduler scheduler, ExecutionContextExecutor executor) {
        this.totalBytes = totalBytes;
        this.freeBytes = totalBytes;
        this.scheduler = scheduler;
        this.executor = executor;
    }

    /**
     * A permit for {@code bytes}. Fails with OVERLOADED when it cannot be had within {@code wait}, or ever.
     *
     * @param bytes 1 to the whole budget
     */
    public CompletionStage<Permit> acquire(int bytes, Duration wait) {
        if (bytes > totalBytes) {
            return CompletableFuture.failedFuture(new RefusedException(
                    RefusalCode.OVERLOADED,
                    "a transfer needs " + bytes + " bytes of memory, the node's whole budget is " + totalBytes
                            + ": raise mortar.memory.transfer-budget"));
        }
        Waiter waiter;
        synchronized (lock) {
            if (waiters.isEmpty() && freeBytes >= bytes) {
                freeBytes -= bytes;
                return CompletableFuture.completedFuture(new Permit(this, bytes));
            }
            waiter = new Waiter(bytes);
            waiters.add(waiter);
        }
        var timeout = scheduler.scheduleOnce(wait, () -> giveUp(waiter, wait), executor);
        return waiter.granted.whenComplete((permit, failure) -> timeout.cancel());
    }

    /** Bytes that nobody holds now. */
    public long freeBytes() {
        synchronized (lock) {
            return freeBytes;
        }
    }

    public long totalBytes() {
        return totalBytes;
    }

    void release(int bytes) {
        synchronized (lock) {
            freeBytes += bytes;
        }
        grantWaiters();
    }

    private void giveUp(Waiter waiter, Duration wait) {
        boolean wasWaiting;
        synchronized (lock) {
            wasWaiting = waiters.remove(waiter);
        }
        if (wasWaiting) {
            waiter.granted.completeExceptionally(new RefusedException(
                    RefusalCode.OVERLOADED,
                    "the node's transfer memory (" + totalBytes + " bytes) was in use for " + wait.toMillis()
                            + " ms: try again later, or raise mortar.memory.transfer-budget"));
            grantWaiters();
        }
    }

    private void grantWaiters() {
        while (true) {
            Waiter next;
            synchronized (lock) {
                next = waiters.peek();
                if (next == null || next.bytes > freeBytes) {
                    return;
                }
                waiters.remove();
                freeBytes -= next.bytes;
            }
            Waiter granted = next;
            executor.execute(() -> granted.granted.complete(new Permit(this, granted.bytes)));
        }
    }

    /** Compared by identity: two waiters of the same size are two. */
    private static final class Waiter {
        private final int bytes;
        private final CompletableFuture<Permit> granted = new CompletableFuture<>();

        Waiter(int bytes) {
            this.bytes = bytes;
        }
    }
}
