package io.mortar.journal.quorum;

import io.mortar.journal.group.LeadershipListener;
import io.mortar.journal.group.NotLeaderException;
import java.util.concurrent.atomic.AtomicLong;

/** Which term this node may write for. Changed by the group's actor and by the writer, read by all. */
final class Leadership implements LeadershipListener {
    /** Stands for no leadership: terms begin at 1. */
    static final long NONE = 0;

    private final AtomicLong term = new AtomicLong(NONE);

    @Override
    public void began(long begun) {
        term.set(begun);
    }

    @Override
    public void ended(long lost) {
        term.compareAndSet(lost, NONE);
    }

    /**
     * Ends a leadership for this journal before the group says so. After a write with an unknown outcome the rows may change at any
     * moment of the same term, so nothing may be computed from them until the next one has applied or buried that write.
     */
    void giveUp(long doubtful) {
        ended(doubtful);
    }

    /** {@link #NONE} when this node does not lead. */
    long term() {
        return term.get();
    }

    /** Throws {@link NotLeaderException} when this node does not lead. */
    long required() {
        long now = term.get();
        if (now == NONE) {
            throw new NotLeaderException(
                    "this node does not lead the replicated log: persistent actors run where the leader is", null);
        }
        return now;
    }
}
