package io.mortar.node.job;

import java.util.HashMap;
import java.util.Map;

/** Until when jobs rest that have nothing to do at the moment: less urgent ones have their turn meanwhile. For use by one thread. */
final class JobRests {
    private static final int LONGER_MAX = 20;

    private final Map<Long, Rest> rests = new HashMap<>();

    /** @param nextNanos how long the next rest is; 0 for what it is at first */
    private record Rest(long untilNanos, long nextNanos) {}

    boolean isResting(long job, long nowNanos) {
        Rest rest = rests.get(job);
        return rest != null && nowNanos - rest.untilNanos < 0;
    }

    /** Each time for longer, until {@link #goesWell}: else the most urgent jobs would leave no time between their rests. */
    void rest(long job, long firstNanos, long nowNanos) {
        Rest last = rests.get(job);
        long nanos = last == null || last.nextNanos == 0 ? firstNanos : last.nextNanos;
        rests.put(job, new Rest(nowNanos + nanos, Math.min(2 * nanos, LONGER_MAX * firstNanos)));
    }

    void goesWell(long job) {
        rests.computeIfPresent(job, (id, rest) -> new Rest(rest.untilNanos, 0));
    }
}
