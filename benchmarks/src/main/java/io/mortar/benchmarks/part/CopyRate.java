package io.mortar.benchmarks.part;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How fast something in the background copies: its own count of bytes, looked at again and again. */
final class CopyRate {
    private static final long POLL_NANOS = 50_000_000;
    private static final Duration BEGIN_MAX = Duration.ofMinutes(1);
    private static final Duration END_MAX = Duration.ofMinutes(10);

    private final Source source;
    private final long beforeBytes;

    /** What is looked at. */
    interface Source {
        Count look() throws IOException, InterruptedException;
    }

    /** @param bytes copied so far */
    record Count(long bytes, boolean ended) {}

    private CopyRate(Source source, long beforeBytes) {
        this.source = source;
        this.beforeBytes = beforeBytes;
    }

    /** @param beforeBytes what the count was before it began */
    static CopyRate of(Source source, long beforeBytes) {
        return new CopyRate(source, beforeBytes);
    }

    /** Bytes per second from the first look at which something was copied to the first one with all of it. */
    double toTheEnd() throws IOException, InterruptedException {
        awaitBegin();
        Count first = source.look();
        long begin = System.nanoTime();
        long giveUp = begin + END_MAX.toNanos();
        Count last = first;
        long lastGrowth = begin;
        while (!last.ended()) {
            if (System.nanoTime() > giveUp) {
                throw new IOException("what was begun did not end in " + END_MAX + ": " + last);
            }
            LockSupport.parkNanos(POLL_NANOS);
            Count next = source.look();
            lastGrowth = next.bytes() > last.bytes() ? System.nanoTime() : lastGrowth;
            last = next;
        }
        return (last.bytes() - first.bytes()) / ((lastGrowth - begin) / 1e9);
    }

    /** Waits until something was copied. */
    void awaitBegin() throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + BEGIN_MAX.toNanos();
        while (source.look().bytes() <= beforeBytes) {
            if (System.nanoTime() > giveUp) {
                throw new IOException("nothing was copied in " + BEGIN_MAX);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    Count look() throws IOException, InterruptedException {
        return source.look();
    }
}
