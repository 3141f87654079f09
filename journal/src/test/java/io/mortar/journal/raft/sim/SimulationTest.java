package io.mortar.journal.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.testkit.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole groups under all sorts of faults. {@code -Dseed=N} replays one run and prints what happened in it. */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("seeds", 500);
    private static final boolean REPLAY = Long.getLong("seed") != null;
    private static final int TRACE_LINES = 60;

    @Test
    void the_promises_of_the_protocol_hold_whatever_happens() {
        long[] committed = {0};
        Seeds.upTo(SEEDS).forEach(seed -> committed[0] += runOrExplain(seed).committed());
        assertThat(committed[0]).isPositive();
    }

    @Test
    void a_seed_determines_the_run() {
        Trace first = new Trace(true);
        Trace second = new Trace(true);
        assertThat(Simulation.run(7, Mutation.NONE, first)).isEqualTo(Simulation.run(7, Mutation.NONE, second));
        assertThat(second.toString()).isEqualTo(first.toString());
    }

    private static Simulation.Summary runOrExplain(long seed) {
        Trace trace = new Trace(REPLAY);
        try {
            return Simulation.run(seed, Mutation.NONE, trace);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e.getMessage() + "\nto replay it: mvn -pl journal -am test"
                            + " -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dseed=" + seed
                            + "\nwhat happened last:\n" + lastLines(seed),
                    e);
        } finally {
            if (REPLAY) {
                System.out.println(trace);
            }
        }
    }

    /** The run is repeated with a trace: keeping one in every run would cost too much. */
    private static String lastLines(long seed) {
        Trace trace = new Trace(true);
        try {
            Simulation.run(seed, Mutation.NONE, trace);
        } catch (AssertionError | RuntimeException again) {
            List<String> lines = trace.toString().lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TRACE_LINES), lines.size()));
        }
        return "the run did not fail again: it does not depend on its seed alone";
    }
}
