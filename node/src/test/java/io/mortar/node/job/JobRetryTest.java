package io.mortar.node.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobFindings;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobPace;
import io.mortar.core.job.JobPosition;
import io.mortar.core.job.JobState;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.RelocationPlan;
import io.mortar.core.namespace.RowChange;
import io.mortar.core.namespace.RowCursor;
import io.mortar.core.namespace.RowOverlay;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.pool.BrickId;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A job whose walk is over and left a failed item. */
class JobRetryTest {
    private static final VolumeId VOLUME = new VolumeId(1);
    private static final long JOB = 3;

    private final RowOverlay rows = new RowOverlay(new NoRows());
    private final List<JobCommand> steps = new ArrayList<>();

    @Test
    void a_rebalance_tries_failed_items_again_before_it_ends_with_them() {
        put(JobKind.REBALANCE, new JobPosition(JobPosition.WALK, Long.MAX_VALUE, 0));

        assertThat(steps())
                .singleElement()
                .satisfies(step -> assertThat(position(step)).isEqualTo(new JobPosition(JobPosition.RETRY, 0, 1)));
    }

    @Test
    void another_leader_knows_how_often_they_were_tried() {
        put(JobKind.REBALANCE, new JobPosition(JobPosition.RETRY, Long.MAX_VALUE, 2));
        assertThat(steps())
                .singleElement()
                .satisfies(step -> assertThat(position(step)).isEqualTo(new JobPosition(JobPosition.RETRY, 0, 3)));

        put(JobKind.REBALANCE, new JobPosition(JobPosition.RETRY, Long.MAX_VALUE, 3));
        assertThat(steps()).containsExactly(new JobCommand.End(JOB, JobState.FAILED, "no answer"));
    }

    @Test
    void what_no_user_started_never_ends_with_failed_items() {
        put(JobKind.RESHAPE, new JobPosition(JobPosition.RETRY, Long.MAX_VALUE, 3));

        assertThat(steps())
                .singleElement()
                .satisfies(step -> assertThat(position(step)).isEqualTo(new JobPosition(JobPosition.RETRY, 0, 4)));
    }

    private static JobPosition position(JobCommand step) {
        return ((JobCommand.Checkpoint) step).position();
    }

    private void put(JobKind kind, JobPosition position) {
        JobRow row = JobRow.begin(kind, null, 0, 0)
                .at(position, JobCounts.NONE.withTotals(1, 1).withFailed(1), JobFindings.NONE, List.of(), "no answer");
        rows.apply(new RowChange(RowKeys.job(VOLUME, JOB), row.encode()));
    }

    /** What a new leader does at first. */
    private List<JobCommand> steps() {
        steps.clear();
        JobLoop loop = new JobLoop(new Volume(), new Recording(), 100);
        loop.tick();
        loop.tick();
        return steps;
    }

    private final class Volume implements JobVolume {
        @Override
        public VolumeContext context() {
            VolumeSpec spec = new VolumeSpec(1, 1, VolumeSpec.STRIPE_UNIT_BYTES_MIN);
            return new VolumeContext(VOLUME, spec, List.of(), 1, 1000, 1000, 1000, 0, JobPace.UNKNOWN, 0);
        }

        @Override
        public long shapeNumber() {
            return 0;
        }

        @Override
        public <T> T read(Function<Rows, T> question) {
            return question.apply(rows);
        }

        @Override
        public int departure(BrickId brick) {
            return 0;
        }

        @Override
        public void vacated(BrickId brick, int departure) {
            throw new AssertionError("no brick leaves");
        }

        @Override
        public void moved(long bytesPerSecond) {}

        @Override
        public JobSettings settings() {
            return JobSettings.standard();
        }
    }

    private final class Recording implements JobLoop.Effects {
        @Override
        public void step(JobCommand command) {
            steps.add(command);
        }

        @Override
        public void copy(RelocationPlan.Copy copy, long order) {
            throw new AssertionError("there are no files");
        }

        @Override
        public void wakeAfter(long nanos) {}

        @Override
        public void begun(long id, JobKind kind, JobCounts counts) {}

        @Override
        public long nanoTime() {
            return 0;
        }
    }

    private static final class NoRows implements Rows {
        @Override
        public byte @Nullable [] get(byte[] key) {
            return null;
        }

        @Override
        public RowCursor scan(byte[] from, byte[] to) {
            return new NoCursor();
        }
    }

    private static final class NoCursor implements RowCursor {
        @Override
        public boolean next() {
            return false;
        }

        @Override
        public byte[] key() {
            throw new IllegalStateException("there is no row");
        }

        @Override
        public byte[] value() {
            throw new IllegalStateException("there is no row");
        }

        @Override
        public void close() {}
    }
}
