package io.mortar.node.job;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What is still to happen. Of all that is due, anything may come next. */
final class Schedule {
    private final RandomGenerator random;
    private final List<Event> events = new ArrayList<>();
    private long nowMillis = 1_000_000;

    private record Event(long dueMillis, Runnable what) {}

    Schedule(RandomGenerator random) {
        this.random = random;
    }

    long nowMillis() {
        return nowMillis;
    }

    void after(long delayMillis, Runnable what) {
        events.add(new Event(nowMillis + delayMillis, what));
    }

    /** A message: mostly soon, now and then very late. */
    void message(Runnable what) {
        int roll = random.nextInt(100);
        after(roll < 70 ? random.nextInt(50) : roll < 95 ? random.nextInt(1500) : random.nextInt(60_000), what);
    }

    void step() {
        List<Integer> due = new ArrayList<>();
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < events.size(); i++) {
            long dueMillis = events.get(i).dueMillis;
            earliest = Math.min(earliest, dueMillis);
            if (dueMillis <= nowMillis) {
                due.add(i);
            }
        }
        if (due.isEmpty()) {
            nowMillis = earliest;
            step();
            return;
        }
        int index = due.get(random.nextInt(due.size()));
        Event event = events.get(index);
        events.set(index, events.get(events.size() - 1));
        events.remove(events.size() - 1);
        event.what.run();
    }
}
