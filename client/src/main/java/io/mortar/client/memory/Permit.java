package io.mortar.client.memory;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to hold some bytes of chunk data. Must be released once; releasing it again does nothing. */
public final class Permit {
    private final TransferBudget budget;
    private final int bytes;
    private final AtomicBoolean held = new AtomicBoolean(true);

    Permit(TransferBudget budget, int bytes) {
        this.budget = budget;
        this.bytes = bytes;
    }

    public int bytes() {
        return bytes;
    }

    public void release() {
        if (held.compareAndSet(true, false)) {
            budget.release(bytes);
        }
    }
}
