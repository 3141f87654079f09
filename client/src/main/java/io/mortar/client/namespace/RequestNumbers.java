package io.mortar.client.namespace;

import java.util.TreeSet;

/** Numbers of one client's changes, and which of them have their answers. Safe for use by several threads. */
final class RequestNumbers {
    private final TreeSet<Long> open = new TreeSet<>();
    private long last;

    /**
     * The number of a new change. Taking it and keeping it open is one step: were another change to ask {@link #settledBelow} in
     * between, it would declare this one settled, and the coordinator would refuse it as a late copy.
     */
    synchronized long begin() {
        open.add(++last);
        return last;
    }

    /** The change has its answer, or nobody waits for it any more. */
    synchronized void end(long number) {
        open.remove(number);
    }

    /** Every change with a lower number has ended. */
    synchronized long settledBelow() {
        return open.isEmpty() ? last + 1 : open.first();
    }
}
