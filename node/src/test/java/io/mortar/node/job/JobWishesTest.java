package io.mortar.node.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobPace;
import io.mortar.core.job.JobState;
import io.mortar.core.layout.BrickState;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.Jobs;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobWishesTest {
    private final List<BrickState> bricks = new ArrayList<>(
            IntStream.rangeClosed(1, 4).mapToObj(JobWishesTest::brick).toList());
    private int replicaCount = 2;
    private long shapeNumber;

    @Test
    void a_volume_that_is_as_it_should_be_needs_no_job() {
        assertThat(wishes(Map.of())).isEmpty();
    }

    @Test
    void a_leaving_brick_is_drained_once() {
        bricks.set(0, brick(1).departing(null));
        assertThat(wishes(Map.of())).containsExactly(new JobCommand.Start(JobKind.DRAIN, id(1), 0));
        assertThat(wishes(Map.of(), job(5, JobKind.DRAIN, id(1), 0, JobState.RUNNING)))
                .isEmpty();
        assertThat(wishes(Map.of(), job(5, JobKind.DRAIN, id(1), 0, JobState.PAUSED)))
                .isEmpty();
        assertThat(wishes(Map.of(), job(5, JobKind.DRAIN, id(1), 0, JobState.CANCELLED)))
                .as("it leaves for the second time")
                .hasSize(1);
    }

    @Test
    void a_drain_ends_with_the_brick_and_is_cancelled_when_the_brick_stays() {
        assertThat(wishes(Map.of(), job(5, JobKind.DRAIN, id(9), 0, JobState.RUNNING)))
                .containsExactly(new JobCommand.End(5, JobState.DONE, ""));
        assertThat(wishes(Map.of(), job(5, JobKind.DRAIN, id(1), 0, JobState.PAUSED)))
                .singleElement()
                .satisfies(end -> assertThat(((JobCommand.End) end).state()).isEqualTo(JobState.CANCELLED));
    }

    @Test
    void a_brick_that_is_away_for_long_is_rebuilt_once_per_absence() {
        bricks.set(0, away(1));
        assertThat(wishes(Map.of(id(1), 100L))).containsExactly(new JobCommand.Start(JobKind.REBUILD, id(1), 0));
        assertThat(wishes(Map.of(id(1), 100L), job(5, JobKind.REBUILD, id(1), 0, JobState.RUNNING)))
                .isEmpty();
        assertThat(wishes(Map.of(id(1), 40L), job(5, JobKind.REBUILD, id(1), 0, JobState.DONE)))
                .as("since this absence began")
                .isEmpty();
        assertThat(wishes(Map.of(id(1), 60L), job(5, JobKind.REBUILD, id(1), 0, JobState.DONE)))
                .as("an earlier absence")
                .hasSize(1);
    }

    @Test
    void nothing_is_rebuilt_where_there_is_no_other_copy_or_no_machine_for_it() {
        bricks.set(0, away(1));
        replicaCount = 1;
        assertThat(wishes(Map.of(id(1), 100L))).isEmpty();
        replicaCount = 4;
        assertThat(wishes(Map.of(id(1), 100L))).isEmpty();
        replicaCount = 3;
        assertThat(wishes(Map.of(id(1), 100L))).hasSize(1);
    }

    @Test
    void a_rebuild_ends_when_the_brick_is_back_or_leaves() {
        Jobs.Numbered rebuild = job(5, JobKind.REBUILD, id(1), 0, JobState.RUNNING);
        assertThat(wishes(Map.of(), rebuild)).singleElement().satisfies(JobWishesTest::isCancelled);
        bricks.set(0, away(1).departing(null));
        assertThat(wishes(Map.of(id(1), 100L), rebuild))
                .satisfiesExactly(
                        JobWishesTest::isCancelled,
                        drain -> assertThat(((JobCommand.Start) drain).kind()).isEqualTo(JobKind.DRAIN));
    }

    @Test
    void a_changed_number_of_replicas_reshapes_once_per_change() {
        shapeNumber = 2;
        assertThat(wishes(Map.of())).containsExactly(new JobCommand.Start(JobKind.RESHAPE, null, 2));
        assertThat(wishes(Map.of(), job(5, JobKind.RESHAPE, null, 2, JobState.DONE)))
                .isEmpty();
        assertThat(wishes(Map.of(), job(5, JobKind.RESHAPE, null, 1, JobState.RUNNING)))
                .satisfiesExactly(
                        JobWishesTest::isCancelled,
                        start -> assertThat(start).isEqualTo(new JobCommand.Start(JobKind.RESHAPE, null, 2)));
    }

    @Test
    void what_users_started_is_left_to_them() {
        assertThat(wishes(
                        Map.of(),
                        job(5, JobKind.REBALANCE, null, 0, JobState.RUNNING),
                        job(6, JobKind.SCRUB, null, 0, JobState.PAUSED)))
                .isEmpty();
    }

    private static void isCancelled(JobCommand command) {
        assertThat(((JobCommand.End) command).state()).isEqualTo(JobState.CANCELLED);
    }

    private List<JobCommand> wishes(Map<BrickId, Long> away, Jobs.Numbered... jobs) {
        VolumeContext context = new VolumeContext(
                new VolumeId(1),
                new VolumeSpec(1, replicaCount, VolumeSpec.STRIPE_UNIT_BYTES_MIN),
                bricks,
                1,
                1000,
                1000,
                1000,
                0,
                JobPace.UNKNOWN,
                0);
        return JobWishes.of(context, shapeNumber, List.of(jobs), away);
    }

    /** Begun at 50. */
    private static Jobs.Numbered job(long id, JobKind kind, @Nullable BrickId subject, long parameter, JobState state) {
        return new Jobs.Numbered(
                id, JobRow.begin(kind, subject, parameter, 50).in(state, state.hasEnded() ? 60 : 0, ""));
    }

    private static BrickState brick(int number) {
        return new BrickState(id(number), location(number), true, 1L << 30);
    }

    private static BrickState away(int number) {
        return new BrickState(id(number), location(number), false, 1L << 30);
    }

    private static BrickLocation location(int number) {
        return new BrickLocation(new NodeName("bt" + number), "/srv/brick");
    }

    private static BrickId id(int number) {
        return new BrickId(new UUID(0, number));
    }
}
