package io.mortar.node.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Simulated time: what is to happen, in order. Whatever runs takes no time. */
final class Clockwork {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::micros).thenComparingLong(Event::number));
    private long micros;
    private long number;

    private record Event(long micros, long number, Runnable what) {}

    long micros() {
        return micros;
    }

    void after(long delayMicros, Runnable what) {
        events.add(new Event(micros + delayMicros, number++, what));
    }

    /** Runs everything that is to happen until {@code untilMicros}, and what that brings about. */
    void run(long untilMicros) {
        while (!events.isEmpty() && events.peek().micros <= untilMicros) {
            Event event = events.remove();
            micros = event.micros;
            event.what.run();
        }
        micros = untilMicros;
    }
}
