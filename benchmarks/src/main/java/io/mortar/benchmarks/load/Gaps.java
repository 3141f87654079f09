package io.mortar.benchmarks.load;

import java.util.List;

/** Times at which nothing succeeded. */
final class Gaps {
    private Gaps() {}

    /**
     * The longest time between two successes that overlaps the window, in seconds. Where no success frames the window, its own bound
     * takes that place: a client that never succeeds again has a gap until the end.
     *
     * @param successes in order, of {@link System#nanoTime}
     */
    static double longestSeconds(List<Long> successes, long from, long to) {
        long longest = 0;
        long last = from;
        for (long success : successes) {
            if (success - from <= 0) {
                last = success;
                continue;
            }
            longest = Math.max(longest, success - last);
            last = success;
            if (success - to >= 0) {
                return longest / 1e9;
            }
        }
        return Math.max(longest, to - last) / 1e9;
    }
}
