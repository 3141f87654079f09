package io.mortar.node.simulation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The network between nodes: delays and reorders always; loses, repeats and holds back for long while it is bad. */
final class Wires {
    private static final int LOSS_PERCENT = 3;
    private static final int REPEAT_PERCENT = 3;
    private static final int USUAL_MICROS_MAX = 2_000;
    private static final int LATE_MICROS_MAX = 400_000;

    private final Clockwork clock;
    private final RandomGenerator random;
    private final boolean[][] cut;
    private final int latePercent;
    private boolean bad;

    Wires(Clockwork clock, RandomGenerator random, int nodes, int latePercent) {
        this.clock = clock;
        this.random = random;
        this.cut = new boolean[nodes][nodes];
        this.latePercent = latePercent;
    }

    void setBad(boolean value) {
        bad = value;
    }

    /** Stops, or lets through again, what {@code from} sends to {@code to}; not what is on its way. */
    void setCut(int from, int to, boolean value) {
        cut[from][to] = value;
    }

    void healAll() {
        for (boolean[] row : cut) {
            Arrays.fill(row, false);
        }
        bad = false;
    }

    void send(int from, int to, Runnable delivery) {
        if (from == to) {
            clock.after(random.nextInt(50), delivery);
            return;
        }
        if (cut[from][to] || happens(LOSS_PERCENT)) {
            return;
        }
        clock.after(delayMicros(), delivery);
        if (happens(REPEAT_PERCENT)) {
            clock.after(delayMicros(), delivery);
        }
    }

    private long delayMicros() {
        return 100L + random.nextInt(happens(latePercent) ? LATE_MICROS_MAX : USUAL_MICROS_MAX);
    }

    private boolean happens(int percent) {
        return bad && random.nextInt(100) < percent;
    }
}
