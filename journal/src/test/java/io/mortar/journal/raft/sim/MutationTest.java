package io.mortar.journal.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.journal.raft.sim.Chaos.Kind;
import io.mortar.testkit.Seeds;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Each mistake is noticed within a number of seeds; what goes wrong in the runs is chosen to make it likely. {@link
 * Figure37Test} has the one that needs a schedule of its own.
 */
class MutationTest {
    @Test
    void acknowledging_before_the_sync_is_noticed() {
        assertNoticed(Mutation.ACKNOWLEDGES_BEFORE_SYNC, 10, profile(60, 40, 30, Kind.CRASH, Kind.SPLIT));
    }

    @Test
    void forgetting_the_vote_is_noticed() {
        assertNoticed(Mutation.FORGETS_VOTE, 500, profile(40, 20, 120, Kind.CRASH, Kind.HURRY));
    }

    @Test
    void applying_twice_is_noticed() {
        assertNoticed(Mutation.APPLIES_TWICE, 10, profile(60, 40, 30, Kind.CRASH));
    }

    @Test
    void overlapping_membership_changes_are_noticed() {
        assertNoticed(
                Mutation.OVERLAPS_MEMBERSHIP_CHANGES,
                50,
                profile(60, 300, 30, Kind.CHANGE_MEMBERSHIP, Kind.CHANGE_MEMBERSHIP, Kind.SPLIT, Kind.CRASH));
    }

    @Test
    void reading_without_a_quorum_is_noticed() {
        assertNoticed(Mutation.READS_WITHOUT_QUORUM, 300, profile(300, 300, 5, Kind.PAUSE, Kind.PAUSE, Kind.HURRY));
    }

    @Test
    void keeping_a_log_in_conflict_with_a_snapshot_is_noticed() {
        assertNoticed(
                Mutation.KEEPS_ANY_SUFFIX,
                300,
                profile(150, 1500, 30, Kind.ISOLATE, Kind.COMPACT, Kind.COMPACT, Kind.COMPACT, Kind.CRASH_LEADER_SOON));
    }

    private static Chaos.Profile profile(int pauseMillisMax, int downMillisMax, int delayMillisMax, Kind... kinds) {
        return new Chaos.Profile(List.of(kinds), pauseMillisMax, downMillisMax, delayMillisMax, 0.1, 0.05);
    }

    private static void assertNoticed(Mutation mutation, int seedsMax, Chaos.Profile profile) {
        OptionalLong noticed = LongStream.range(0, seedsMax)
                .filter(seed -> fails(seed, mutation, profile))
                .findFirst();
        assertThat(noticed).as("first seed that notices %s", mutation).isPresent();
        assertThat(fails(noticed.getAsLong(), Mutation.NONE, profile))
                .as("the same run without %s", mutation)
                .isFalse();
    }

    private static boolean fails(long seed, Mutation mutation, Chaos.Profile profile) {
        try {
            Simulation.run(seed, mutation, new Trace(false), Seeds.random(~seed), profile);
            return false;
        } catch (AssertionError expected) {
            return true;
        }
    }
}
