package io.mortar.node.metadata;

import io.mortar.node.coordinator.FaultHandler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Notices that this process did not run for so long that another node may serve the metadata by now: stopped by a signal, with a frozen
 * virtual machine, in a collection of garbage. The cluster has not told it yet, and until it does, answers would be stale. Safe for
 * use by several threads.
 */
final class SuspensionWatch {
    private final long nanosMax;
    private final LongSupplier nanoClock;
    private final FaultHandler fault;
    private final AtomicLong last = new AtomicLong();

    /** @param max shorter than the time in which another node can take over */
    SuspensionWatch(Duration max, LongSupplier nanoClock, FaultHandler fault) {
        this.nanosMax = max.toNanos();
        this.nanoClock = nanoClock;
        this.fault = fault;
    }

    /** A leadership begins. */
    void restart() {
        last.set(nanoClock.getAsLong());
    }

    /** To be called about once a second. Halts the process if the last call was too long ago. */
    void tick() {
        long now = nanoClock.getAsLong();
        if (now - last.get() > nanosMax) {
            fault.halt(
                    "go on serving the pool's metadata",
                    new IllegalStateException("this process was suspended for " + (now - last.get()) / 1_000_000_000
                            + " s, and another node may have taken over: it joins the others at its next start"));
            return;
        }
        last.set(now);
    }

    /** Whether nobody else can have taken over. */
    boolean isFresh() {
        return nanoClock.getAsLong() - last.get() <= nanosMax;
    }
}
