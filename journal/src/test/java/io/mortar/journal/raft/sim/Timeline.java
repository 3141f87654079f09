package io.mortar.journal.raft.sim;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Simulated time in milliseconds: what was planned for a moment happens in the order in which it was planned. */
final class Timeline {
    private record Planned(long time, long number, Runnable action) {}

    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(Comparator.comparingLong(Planned::time).thenComparingLong(Planned::number));
    private long now;
    private long count;

    long now() {
        return now;
    }

    /** How much has been planned so far. */
    long count() {
        return count;
    }

    void after(long millis, Runnable action) {
        planned.add(new Planned(now + millis, count++, action));
    }

    /** Lets the next thing happen. */
    void step() {
        Planned next = planned.remove();
        now = next.time;
        next.action.run();
    }
}
