package io.mortar.journal.raft.sim;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/** What happened in a run, for a person to read; costs nothing unless it is wanted. */
final class Trace {
    private static final int LINES_MAX = 100_000;

    private final boolean wanted;
    private final ArrayDeque<String> lines = new ArrayDeque<>();

    Trace(boolean wanted) {
        this.wanted = wanted;
    }

    void add(long time, Supplier<String> line) {
        if (wanted) {
            lines.add(time + " " + line.get());
            if (lines.size() > LINES_MAX) {
                lines.removeFirst();
            }
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
