package io.mortar.node.simulation;

import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What is usual in one run. Runs differ, because what takes several rare things in a row is not found where everything happens a little.
 *
 * @param crowded all clients work on one name
 * @param latePercent of messages on bad wires that are held back for long
 * @param dreamPercent of calls after which a client does nothing for long
 * @param gapMicrosMax between one trouble and the next
 * @param troubles that happen
 */
record Style(boolean crowded, int latePercent, int dreamPercent, int gapMicrosMax, Set<Style.Kind> troubles) {
    /** What goes wrong. */
    enum Kind {
        CRASH,
        CRASH_ALL,
        PAUSE,
        CUT,
        CUT_IN,
        CUT_OUT,
        CUT_ONE_WIRE,
        SLOW_ALONE,
        BAD_WIRES,
        TRANSFER
    }

    /** Leadership goes from hand to hand while copies of requests and answers are still on their way. */
    static final Style HANDOVERS = new Style(true, 25, 25, 60_000, EnumSet.of(Kind.TRANSFER, Kind.BAD_WIRES));

    /** Leaders are left alone with the clients beside them, and are slow to notice. */
    static final Style LONELY_LEADERS = new Style(true, 3, 4, 400_000, EnumSet.of(Kind.SLOW_ALONE));

    private static final int GAP_MICROS_MAX = 120_000;
    private static final int KIND_PERCENT = 35;

    static Style pick(RandomGenerator random) {
        int choice = random.nextInt(4);
        if (choice < 2) {
            return choice == 0 ? HANDOVERS : LONELY_LEADERS;
        }
        Set<Kind> troubles = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if (random.nextInt(100) < KIND_PERCENT) {
                troubles.add(kind);
            }
        }
        return new Style(random.nextInt(3) == 0, random.nextBoolean() ? 3 : 15, 4, GAP_MICROS_MAX, troubles);
    }
}
