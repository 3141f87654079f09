package io.mortar.client.stripe;

import akka.util.ByteString;
import io.mortar.client.memory.Permit;
import io.mortar.client.memory.TransferBudget;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;

/**
 * The permits of one download, in the order of its chunks. A permit is released when its chunk has passed on to the network; all that
 * are left are released when the download ends, however it ends. Safe for use by several threads.
 */
final class ReadHold {
    private final TransferBudget budget;
    private final Deque<Permit> held = new ArrayDeque<>();
    private boolean closed;

    ReadHold(TransferBudget budget) {
        this.budget = budget;
    }

    CompletionStage<Permit> acquire(int bytes, Duration wait) {
        return budget.acquire(bytes, wait).thenApply(this::keep);
    }

    /** Releases the oldest permit, since {@code bytes} leave the download's memory now. */
    synchronized ByteString passed(ByteString bytes) {
        Permit oldest = held.poll();
        if (oldest != null) {
            oldest.release();
        }
        return bytes;
    }

    synchronized void close() {
        closed = true;
        held.forEach(Permit::release);
        held.clear();
    }

    private synchronized Permit keep(Permit permit) {
        if (closed) {
            permit.release();
        } else {
            held.add(permit);
        }
        return permit;
    }
}
