package io.mortar.node.brick.store;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Bounds what a brick has taken on, in requests and in bytes that lie in memory. Safe for use by several threads. */
final class Admission {
    private final String brick;
    private final StoreSettings settings;
    private int requests;
    private long bytes;

    Admission(String brick, StoreSettings settings) {
        this.brick = brick;
        this.settings = settings;
    }

    /** Starts {@code work} and counts it until it is complete, or refuses it with OVERLOADED. */
    <T> CompletableFuture<T> admit(long sizeBytes, Supplier<CompletableFuture<T>> work) {
        if (!enter(sizeBytes)) {
            return CompletableFuture.failedFuture(new RefusedException(
                    RefusalCode.OVERLOADED, "brick " + brick + " has too many requests waiting; try again shortly"));
        }
        return work.get().whenComplete((done, error) -> leave(sizeBytes));
    }

    private synchronized boolean enter(long sizeBytes) {
        boolean tooManyBytes = bytes > 0 && bytes + sizeBytes > settings.inFlightBytesMax();
        if (requests >= settings.inFlightRequestsMax() || (sizeBytes > 0 && tooManyBytes)) {
            return false;
        }
        requests++;
        bytes += sizeBytes;
        return true;
    }

    private synchronized void leave(long sizeBytes) {
        requests--;
        bytes -= sizeBytes;
    }
}
