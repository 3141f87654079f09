package io.mortar.node.metadata;

import io.mortar.journal.group.LeadershipListener;
import java.util.function.LongConsumer;

/**
 * The leaderships of this node: told by whoever decides them, passed on to whoever serves the metadata. A leadership is passed on only once its
 * preparation is done; one that ends before is never passed on. Safe for use by several threads.
 */
final class Leaderships implements LeadershipListener {
    private static final long NONE = -1;

    private final LeadershipListener next;
    private final Preparation preparation;
    private volatile long term = NONE;
    private long passedOn = NONE;

    /** What must be done before a leadership is passed on. */
    @FunctionalInterface
    interface Preparation {
        /** Begins it; {@code done} is told {@code term} when it has succeeded. */
        void start(long term, LongConsumer done);
    }

    /** Without preparation. */
    Leaderships(LeadershipListener next) {
        this(next, (term, done) -> done.accept(term));
    }

    Leaderships(LeadershipListener next, Preparation preparation) {
        this.next = next;
        this.preparation = preparation;
    }

    boolean leads() {
        return term != NONE;
    }

    /** Whether leadership {@code expected} has begun and not ended. */
    boolean leads(long expected) {
        return term == expected;
    }

    @Override
    public void began(long began) {
        term = began;
        preparation.start(began, this::prepared);
    }

    private synchronized void prepared(long prepared) {
        if (term == prepared && passedOn == NONE) {
            passedOn = prepared;
            next.began(prepared);
        }
    }

    @Override
    public synchronized void ended(long ended) {
        term = NONE;
        if (passedOn == ended) {
            passedOn = NONE;
            next.ended(ended);
        }
    }
}
