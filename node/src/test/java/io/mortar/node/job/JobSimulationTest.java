package io.mortar.node.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.testkit.Seeds;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The real {@link JobLoop} and rules over model bricks that keep to the fences of {@code docs/formats/brick.md}, with messages that come late
 * and in any order, leaders that stop between any two steps, bricks that are down, damaged and lost, and all changes of a volume at
 * once. {@code -Dseed=N} replays one run, {@code -Dseeds=N} makes more.
 */
class JobSimulationTest {
    private static final int SEEDS = Integer.getInteger("seeds", 100);
    private static final int MUTANT_SEEDS_MAX = 500;
    private static final long BAD_MILLIS = 80_000;
    private static final long LATE_MILLIS = 60_000;
    private static final long GOOD_MILLIS = 3_600_000;

    @Test
    void no_file_is_lost_and_every_job_ends() {
        Seeds.upTo(SEEDS).forEach(seed -> {
            try {
                run(seed, Mutation.NONE);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(value = Mutation.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_broken_rule_is_noticed(Mutation mutation) {
        assertThat(LongStream.range(mutation.firstSeed, mutation.firstSeed + MUTANT_SEEDS_MAX)
                        .anyMatch(seed -> isNoticed(seed, mutation)))
                .as("one of %d runs shows %s", MUTANT_SEEDS_MAX, mutation)
                .isTrue();
    }

    private static boolean isNoticed(long seed, Mutation mutation) {
        try {
            run(seed, mutation);
            return false;
        } catch (AssertionError noticed) {
            return true;
        }
    }

    private static void run(long seed, Mutation mutation) {
        SimulatedVolume volume = new SimulatedVolume(mutation, Seeds.random(seed));
        Clients clients = new Clients(volume);
        Operator operator = new Operator(volume, clients);
        clients.start();
        operator.start();
        long end = volume.schedule.nowMillis() + BAD_MILLIS;
        goOn(volume, clients, () -> volume.schedule.nowMillis() < end);
        operator.end();
        long healed = volume.schedule.nowMillis();
        boolean isReshaped = volume.shapeNumber() > 0;
        goOn(volume, clients, () -> isUnfinished(volume, volume.schedule.nowMillis() - healed));
        Checks.inTheEnd(volume, clients, isReshaped);
    }

    /** Messages that are on their way may come a minute late. */
    private static boolean isUnfinished(SimulatedVolume volume, long millis) {
        if (millis > GOOD_MILLIS) {
            throw new AssertionError("not done: " + Checks.unfinished(volume));
        }
        return millis < LATE_MILLIS || !Checks.unfinished(volume).isEmpty();
    }

    private static void goOn(SimulatedVolume volume, Clients clients, BooleanSupplier condition) {
        List<Long> checked = List.of();
        while (condition.getAsBoolean()) {
            volume.schedule.step();
            List<Long> stamp = volume.stamp();
            if (!stamp.equals(checked)) {
                Checks.always(volume, clients);
                checked = stamp;
            }
        }
    }
}
