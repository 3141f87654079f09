package io.mortar.journal.group;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Requests that wait for an answer of the actor: bounded, and answered also when it stops. Safe for use by several threads. */
final class Outstanding {
    private final int countMax;
    private final long bytesMax;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<?>> waiting = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    Outstanding(int countMax, long bytesMax) {
        this.countMax = countMax;
        this.bytesMax = bytesMax;
    }

    /**
     * A new request of {@code sizeBytes}; counts until it is completed. It is failed already if there are too many, or if the actor has
     * stopped: then it must not be sent.
     */
    <T> CompletableFuture<T> begin(long sizeBytes) {
        if (count.get() >= countMax || (bytes.get() > 0 && bytes.get() + sizeBytes > bytesMax)) {
            return CompletableFuture.failedFuture(new LogOverloadedException(count.get() + " requests of " + bytes.get()
                    + " bytes wait for an answer already: try again when there are fewer"));
        }
        CompletableFuture<T> request = new CompletableFuture<>();
        count.incrementAndGet();
        bytes.addAndGet(sizeBytes);
        long number = numbers.incrementAndGet();
        waiting.put(number, request);
        request.minimalCompletionStage().whenComplete((answer, failure) -> {
            waiting.remove(number);
            count.decrementAndGet();
            bytes.addAndGet(-sizeBytes);
        });
        if (stopped) {
            fail(request);
        }
        return request;
    }

    /** Fails what waits and what is still to come: nobody will answer. */
    void stop() {
        stopped = true;
        waiting.values().forEach(Outstanding::fail);
    }

    private static void fail(CompletableFuture<?> request) {
        request.completeExceptionally(
                new LeadershipLostException("this member of the group has stopped: the outcome is not known"));
    }
}
