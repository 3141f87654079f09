package io.mortar.multijvm.pool;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for a condition with a deadline; the only place where these tests let time pass. */
public final class Await {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private Await() {}

    /**
     * Returns when {@code condition} holds. An exception from it counts as "not yet"; the last one is the cause of the failure after
     * {@code deadline}.
     *
     * @param what completes the sentence "gave up waiting until ..."
     */
    public static void until(String what, Duration deadline, Callable<Boolean> condition) {
        value(what, deadline, () -> condition.call() ? Boolean.TRUE : null);
    }

    /** As {@link #until}, for a value that is null as long as it is not there. */
    public static <T> T value(String what, Duration deadline, Callable<@Nullable T> source) {
        long end = System.nanoTime() + deadline.toNanos();
        Exception last = null;
        do {
            try {
                T value = source.call();
                if (value != null) {
                    return value;
                }
                last = null;
            } catch (GaveUpException e) {
                throw e;
            } catch (Exception e) {
                last = e;
            }
            pause(POLL_INTERVAL);
        } while (System.nanoTime() < end);
        throw new GaveUpException("gave up after " + deadline.toMillis() + " ms waiting until " + what, last);
    }

    private static void pause(Duration interval) {
        if (Thread.currentThread().isInterrupted()) {
            throw new GaveUpException("interrupted", null);
        }
        LockSupport.parkNanos(interval.toNanos());
    }

    /** Waiting makes no more sense: the deadline has passed, or what was waited for cannot come any more. */
    public static final class GaveUpException extends RuntimeException {
        public GaveUpException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
