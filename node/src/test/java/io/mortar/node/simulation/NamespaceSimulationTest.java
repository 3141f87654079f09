package io.mortar.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.node.simulation.SimulatedPool.Result;
import io.mortar.testkit.Seeds;
import io.mortar.testkit.linearizability.Verdict;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/**
 * The real namespace rules and batches over real consensus cores, with clients that repeat what is not answered, while nodes crash and
 * pause and the network loses, repeats, delays and is cut. {@code -Dseed=N} replays one run, {@code -Dseeds=N} makes more.
 */
class NamespaceSimulationTest {
    private static final int SEEDS = Integer.getInteger("seeds", 200);

    @Test
    void what_clients_see_of_a_replicated_namespace_is_linearizable() {
        long[] calls = new long[1];
        Seeds.upTo(SEEDS).forEach(seed -> {
            Result result = new SimulatedPool(seed, Mutation.NONE).run();
            assertThat(result.verdict()).as("seed %d", seed).isInstanceOf(Verdict.Linearizable.class);
            assertThat(result.unanswered())
                    .as("seed %d: calls without an answer after healing", seed)
                    .isZero();
            assertThat(new HashSet<>(result.fingerprints()))
                    .as("seed %d: replicas hold the same", seed)
                    .hasSize(1);
            calls[0] += result.calls();
        });
        assertThat(calls[0]).isPositive();
    }
}
