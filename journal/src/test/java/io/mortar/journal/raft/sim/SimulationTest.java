package io.mortar.journal.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.journal.raft.sim.Simulation.Summary;
import io.mortar.testkit.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole groups under all sorts of faults. {@code -Dseed=N} replays one run and prints what happened in it. */
class SimulationTest {
    private static final int SEEDS_OF_A_BUILD = 500;
    private static final int SEEDS = Integer.getInteger("seeds", SEEDS_OF_A_BUILD);
    private static final boolean REPLAY = Long.getLong("seed") != null;
    private static final int TRACE_LINES = 60;

    @Test
    void the_promises_of_the_protocol_hold_whatever_happens() {
        Summary sum = Seeds.upTo(SEEDS).mapToObj(SimulationTest::runOrExplain).reduce(Summary.NOTHING, Summary::plus);
        System.out.println(sum);
        if (!REPLAY && SEEDS >= SEEDS_OF_A_BUILD) {
            assertThat(sum.leaders()).as("elections won").isGreaterThan(SEEDS);
            assertThat(sum.committed()).as("entries committed").isGreaterThan(50L * SEEDS);
            assertThat(sum.reads()).as("reads confirmed").isGreaterThan(10L * SEEDS);
            assertThat(sum.snapshots()).as("snapshots installed").isGreaterThan(SEEDS / 4);
            assertThat(sum.changes()).as("membership changes").isGreaterThan(SEEDS / 2);
        }
    }

    @Test
    void a_seed_determines_the_run() {
        Trace first = new Trace(true);
        Trace second = new Trace(true);
        assertThat(Simulation.run(7, Mutation.NONE, first)).isEqualTo(Simulation.run(7, Mutation.NONE, second));
        assertThat(second.toString()).isEqualTo(first.toString());
    }

    private static Summary runOrExplain(long seed) {
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
