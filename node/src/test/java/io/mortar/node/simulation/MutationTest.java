package io.mortar.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.testkit.Seeds;
import io.mortar.testkit.linearizability.Verdict;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation is worth something only if it notices when a rule is broken. */
class MutationTest {
    private static final int SEEDS_MAX = 1000;

    @ParameterizedTest
    @EnumSource(value = Mutation.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_broken_rule_is_noticed(Mutation mutation) {
        assertThat(LongStream.range(0, SEEDS_MAX).anyMatch(seed -> isNoticed(seed, mutation)))
                .as("one of %d runs shows %s", SEEDS_MAX, mutation)
                .isTrue();
    }

    /** By what the clients see, or by rows that contradict each other. */
    private static boolean isNoticed(long seed, Mutation mutation) {
        SimulatedPool pool = new SimulatedPool(mutation, style(seed, mutation), Seeds.random(seed));
        try {
            return pool.run().verdict() instanceof Verdict.NotLinearizable;
        } catch (AssertionError impossible) {
            return true;
        }
    }

    /** Where the mutation shows soonest. */
    private static Style style(long seed, Mutation mutation) {
        return switch (mutation) {
            case READ_WITHOUT_QUORUM, REFUSED_WITHOUT_QUORUM -> Style.LONELY_LEADERS;
            case COPY_REACHES_LATER_LEADERSHIP, ANSWER_TO_ANY_COPY -> Style.HANDOVERS;
            default -> Style.pick(Seeds.random(seed));
        };
    }
}
