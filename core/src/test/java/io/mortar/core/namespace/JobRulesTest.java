package io.mortar.core.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.job.JobAction;
import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobFindings;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobPosition;
import io.mortar.core.job.JobState;
import io.mortar.core.job.Surplus;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.RefusalCode;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobRulesTest {
    private static final BrickId BRICK = TestVolume.brick(1).id();

    private final TestVolume volume = new TestVolume();

    @Test
    void one_job_of_a_kind_and_subject_is_under_way_at_a_time() {
        long first = start(JobKind.DRAIN, BRICK, 0);
        assertThat(first).isGreaterThan(Jobs.PURGE_ID);
        assertThat(start(JobKind.DRAIN, BRICK, 0)).isEqualTo(first);
        long other = start(JobKind.DRAIN, TestVolume.brick(2).id(), 0);
        long reshape = start(JobKind.RESHAPE, null, 1);
        assertThat(List.of(other, reshape, start(JobKind.RESHAPE, null, 2)))
                .doesNotHaveDuplicates()
                .doesNotContain(first);
        volume.step(new JobCommand.End(first, JobState.DONE, ""));
        assertThat(start(JobKind.DRAIN, BRICK, 0)).isNotEqualTo(first);
    }

    @Test
    void a_checkpoint_is_what_the_next_leader_goes_on_from() {
        long job = start(JobKind.REBALANCE, null, 0);
        JobPosition position = JobPosition.START.at(17);
        JobCounts counts = new JobCounts(3, 300, 10, 1000, 99);
        List<Surplus> surpluses = List.of(new Surplus(BRICK, -5));
        volume.step(new JobCommand.Checkpoint(
                job, position, counts, JobFindings.NONE, surpluses, List.of(), List.of(), "slow"));
        JobRow row = row(job);
        assertThat(row.position()).isEqualTo(position);
        assertThat(row.counts()).as("failed items are counted in rows").isEqualTo(counts.withFailed(0));
        assertThat(row.surpluses()).isEqualTo(surpluses);
        assertThat(row.lastError()).isEqualTo("slow");
    }

    @Test
    void failed_items_are_counted_once_and_go_when_they_are_mended() {
        long job = start(JobKind.REBALANCE, null, 0);
        FileVersion version = volume.putLarge("/d/f", 100_000);
        fail(job, version.inode(), version.inode() + 1000);
        fail(job, version.inode());
        assertThat(row(job).counts().failed()).isEqualTo(2);
        assertThat(Jobs.failures(volume.rows, TestVolume.ID, job, 0, 10))
                .extracting(failure -> failure.path())
                .containsExactly("/d/f", "");
        assertThat(Jobs.nextFailed(volume.rows, TestVolume.ID, job, version.inode()))
                .hasValue(version.inode() + 1000);
        mend(job, version.inode());
        mend(job, version.inode());
        assertThat(row(job).counts().failed()).isEqualTo(1);
        assertThat(Jobs.failures(volume.rows, TestVolume.ID, job, version.inode() + 1000, 10))
                .isEmpty();
    }

    @Test
    void failed_items_of_one_job_are_none_of_another() {
        long first = start(JobKind.REBALANCE, null, 0);
        long second = start(JobKind.RESHAPE, null, 1);
        fail(first, 5);
        fail(second, 6, 7);
        assertThat(row(first).counts().failed()).isEqualTo(1);
        assertThat(Jobs.nextFailed(volume.rows, TestVolume.ID, first, 5)).isEmpty();
        assertThat(Jobs.nextFailed(volume.rows, TestVolume.ID, second, 0)).hasValue(6);
    }

    @Test
    void a_job_that_has_ended_takes_no_more_checkpoints() {
        long job = start(JobKind.REBALANCE, null, 0);
        volume.nowMillis += 5;
        volume.step(new JobCommand.End(job, JobState.FAILED, "full"));
        JobRow ended = row(job);
        assertThat(ended.endedMillis()).isEqualTo(volume.nowMillis);
        fail(job, 5);
        assertThat(volume.step(new JobCommand.End(job, JobState.DONE, "")))
                .isEqualTo(new JobOutcome.Changed(JobState.FAILED));
        assertThat(row(job)).isEqualTo(ended);
        assertThat(volume.step(new JobCommand.End(99, JobState.DONE, "")))
                .isEqualTo(new JobOutcome.Changed(JobState.CANCELLED));
    }

    @Test
    void users_pause_resume_limit_and_cancel() {
        long job = start(JobKind.REBALANCE, null, 0);
        assertThat(control(job, JobAction.PAUSE, 0)).isEqualTo(new JobOutcome.Changed(JobState.PAUSED));
        assertThat(control(job, JobAction.PAUSE, 0)).isEqualTo(new JobOutcome.Changed(JobState.PAUSED));
        assertThat(control(job, JobAction.LIMIT, 5000)).isEqualTo(new JobOutcome.Changed(JobState.PAUSED));
        assertThat(row(job).limitBytesPerSecond()).isEqualTo(5000);
        assertThat(control(job, JobAction.RESUME, 0)).isEqualTo(new JobOutcome.Changed(JobState.RUNNING));
        assertThat(control(job, JobAction.CANCEL, 0)).isEqualTo(new JobOutcome.Changed(JobState.CANCELLED));
        assertThat(control(job, JobAction.CANCEL, 0)).isEqualTo(new JobOutcome.Changed(JobState.CANCELLED));
    }

    @Test
    void what_cannot_be_done_with_a_job_is_refused_with_the_reason() {
        long drain = start(JobKind.DRAIN, BRICK, 0);
        long rebalance = start(JobKind.REBALANCE, null, 0);
        assertRefused(control(77, JobAction.PAUSE, 0), RefusalCode.NOT_FOUND, "job 77");
        assertRefused(control(drain, JobAction.CANCEL, 0), RefusalCode.BAD_REQUEST, "remove-brick");
        assertRefused(control(rebalance, JobAction.RETRY, 0), RefusalCode.BAD_REQUEST, "RUNNING");
        assertRefused(control(rebalance, JobAction.LIMIT, -1), RefusalCode.BAD_REQUEST, "negative");
        volume.step(new JobCommand.End(rebalance, JobState.DONE, ""));
        assertRefused(control(rebalance, JobAction.PAUSE, 0), RefusalCode.BAD_REQUEST, "ended");
        assertRefused(control(rebalance, JobAction.RESUME, 0), RefusalCode.BAD_REQUEST, "ended");
    }

    @Test
    void failed_items_alone_are_tried_again() {
        long job = start(JobKind.REBALANCE, null, 0);
        fail(job, 5);
        volume.step(new JobCommand.End(job, JobState.FAILED, "full"));
        assertThat(control(job, JobAction.RETRY, 0)).isEqualTo(new JobOutcome.Changed(JobState.RUNNING));
        assertThat(row(job).position()).isEqualTo(new JobPosition(JobPosition.RETRY, 0, 0));
        assertThat(row(job).counts().failed()).isEqualTo(1);
        assertThat(row(job).lastError()).isEmpty();
    }

    @Test
    void standing_jobs_get_a_row_when_they_are_paused() {
        assertThat(control(Jobs.PURGE_ID, JobAction.PAUSE, 0)).isEqualTo(new JobOutcome.Changed(JobState.PAUSED));
        assertThat(control(Jobs.HEAL_ID, JobAction.LIMIT, 7)).isEqualTo(new JobOutcome.Changed(JobState.RUNNING));
        assertThat(row(Jobs.HEAL_ID).kind()).isEqualTo(JobKind.HEAL);
        assertThat(row(Jobs.PURGE_ID).kind()).isEqualTo(JobKind.PURGE);
        assertThat(start(JobKind.REBALANCE, null, 0)).isGreaterThan(Jobs.PURGE_ID);
    }

    @Test
    void a_purge_is_not_given_a_limit_that_would_have_no_effect() {
        assertRefused(control(Jobs.PURGE_ID, JobAction.LIMIT, 7), RefusalCode.BAD_REQUEST, "copies nothing");
        assertThat(control(Jobs.PURGE_ID, JobAction.LIMIT, 0))
                .as("one that it was given before is taken away")
                .isEqualTo(new JobOutcome.Changed(JobState.RUNNING));
    }

    @Test
    void old_jobs_are_forgotten_but_the_last_of_each_kind() {
        long reshape = start(JobKind.RESHAPE, null, 1);
        fail(reshape, 5);
        volume.step(new JobCommand.End(reshape, JobState.DONE, ""));
        long[] drains = LongStream.range(0, 3 * Jobs.ENDED_COUNT_MAX)
                .map(i -> {
                    long job = start(JobKind.DRAIN, BRICK, 0);
                    fail(job, 5);
                    volume.step(new JobCommand.End(job, JobState.DONE, ""));
                    return job;
                })
                .toArray();
        List<Jobs.Numbered> jobs = Jobs.all(volume.rows, TestVolume.ID);
        assertThat(jobs).hasSizeBetween(Jobs.ENDED_COUNT_MAX, Jobs.ENDED_COUNT_MAX + 2);
        assertThat(jobs.get(0).id()).isEqualTo(reshape);
        assertThat(jobs.get(jobs.size() - 1).id()).isEqualTo(drains[drains.length - 1]);
        assertThat(Jobs.nextFailed(volume.rows, TestVolume.ID, drains[0], 0)).isEmpty();
        assertThat(Jobs.nextFailed(volume.rows, TestVolume.ID, reshape, 0)).hasValue(5);
    }

    private long start(JobKind kind, @Nullable BrickId subject, long parameter) {
        return ((JobOutcome.Started) volume.step(new JobCommand.Start(kind, subject, parameter))).id();
    }

    private JobOutcome control(long job, JobAction action, long value) {
        return volume.step(new JobCommand.Control(job, action, value));
    }

    private void fail(long job, long... inodes) {
        checkpoint(
                job,
                LongStream.of(inodes)
                        .mapToObj(inode -> new JobCommand.FailedItem(inode, "no room"))
                        .toList(),
                List.of());
    }

    private void mend(long job, long inode) {
        checkpoint(job, List.of(), List.of(inode));
    }

    private void checkpoint(long job, List<JobCommand.FailedItem> failed, List<Long> mended) {
        volume.step(new JobCommand.Checkpoint(
                job, JobPosition.START, JobCounts.NONE, JobFindings.NONE, List.of(), failed, mended, ""));
    }

    private JobRow row(long job) {
        return Objects.requireNonNull(Jobs.find(volume.rows, TestVolume.ID, job));
    }

    private static void assertRefused(JobOutcome outcome, RefusalCode code, String part) {
        assertThat(outcome).isInstanceOf(JobOutcome.Refused.class);
        JobOutcome.Refused refused = (JobOutcome.Refused) outcome;
        assertThat(refused.refusal().code()).isEqualTo(code);
        assertThat(refused.refusal().text()).contains(part);
    }
}
