package io.mortar.node.coordinator;

import static io.mortar.node.coordinator.NamespaceFixture.ID;
import static io.mortar.node.coordinator.NamespaceFixture.TIMEOUT;
import static io.mortar.node.coordinator.NamespaceFixture.VOLUME;
import static io.mortar.node.coordinator.NamespaceFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.mortar.core.job.JobAction;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobState;
import io.mortar.core.job.JobStatus;
import io.mortar.core.namespace.Jobs;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.protocol.namespace.NamespaceProtocol;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRequestsTest {
    private static final VolumeSpec SPEC = new VolumeSpec(1, 1, VolumeSpec.STRIPE_UNIT_BYTES_MIN);

    @TempDir
    Path directory;

    private NamespaceFixture namespace;

    @BeforeEach
    void open_a_volume() {
        namespace = new NamespaceFixture(directory, settings()).serve(ID, VOLUME, SPEC);
    }

    @AfterEach
    void no_faults() {
        namespace.close();
        assertThat(namespace.faults).isEmpty();
    }

    private Outcome ask(Function<ActorRef<Outcome>, NamespaceProtocol.Request> request) {
        TestProbe<Outcome> probe = namespace.kit.createTestProbe();
        namespace.requests.tell(request.apply(probe.getRef()));
        return probe.receiveMessage(TIMEOUT);
    }

    private Outcome control(long job, JobAction action, long value) {
        return ask(replyTo -> new NamespaceProtocol.ControlJob(VOLUME, job, action, value, replyTo));
    }

    private JobStatus job(long id) {
        Outcome.JobsListed listed =
                (Outcome.JobsListed) ask(replyTo -> new NamespaceProtocol.DescribeJobs(VOLUME, replyTo));
        return listed.jobs().stream().filter(job -> job.id() == id).findFirst().orElseThrow();
    }

    private static void assertRefused(Outcome outcome, RefusalCode code, String text) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(code);
            assertThat(refused.refusal().text()).contains(text);
        });
    }

    @Test
    void standing_jobs_are_paused_resumed_and_limited_also_over_a_restart() {
        for (long standing : new long[] {Jobs.HEAL_ID, Jobs.PURGE_ID}) {
            assertThat(job(standing).state()).isEqualTo(JobState.RUNNING);
            assertThat(control(standing, JobAction.PAUSE, 0)).isEqualTo(new Outcome.JobChanged(JobState.PAUSED));
        }
        assertThat(control(Jobs.HEAL_ID, JobAction.LIMIT, 1000)).isEqualTo(new Outcome.JobChanged(JobState.PAUSED));
        namespace.close();
        assertThat(namespace.faults).isEmpty();

        namespace = new NamespaceFixture(directory, settings()).serve(ID, VOLUME, SPEC);
        assertThat(job(Jobs.PURGE_ID).state()).isEqualTo(JobState.PAUSED);
        assertThat(job(Jobs.HEAL_ID).state()).isEqualTo(JobState.PAUSED);
        assertThat(job(Jobs.HEAL_ID).limitBytesPerSecond()).isEqualTo(1000);
        assertThat(control(Jobs.HEAL_ID, JobAction.RESUME, 0)).isEqualTo(new Outcome.JobChanged(JobState.RUNNING));
    }

    @Test
    void what_cannot_be_done_with_a_job_is_refused_with_the_reason() {
        assertRefused(control(Jobs.HEAL_ID, JobAction.CANCEL, 0), RefusalCode.BAD_REQUEST, "it can be paused");
        assertRefused(control(Jobs.HEAL_ID, JobAction.LIMIT, -1), RefusalCode.BAD_REQUEST, "is negative");
        assertRefused(control(Jobs.HEAL_ID, JobAction.RETRY, 0), RefusalCode.BAD_REQUEST, "failed items");
        assertRefused(control(99, JobAction.PAUSE, 0), RefusalCode.NOT_FOUND, "mortar job list");
        assertRefused(
                ask(replyTo -> new NamespaceProtocol.StartJob(VOLUME, JobKind.DRAIN, replyTo)),
                RefusalCode.BAD_REQUEST,
                "rebalance and scrub");
    }

    @Test
    void a_started_rebalance_without_anything_to_move_is_done_by_itself() {
        Outcome.JobStarted started =
                (Outcome.JobStarted) ask(replyTo -> new NamespaceProtocol.StartJob(VOLUME, JobKind.REBALANCE, replyTo));
        namespace.kit.createTestProbe().awaitAssert(TIMEOUT, () -> {
            assertThat(job(started.id()).state()).isEqualTo(JobState.DONE);
            return true;
        });
        assertThat(job(started.id()).kind()).isEqualTo(JobKind.REBALANCE);
    }
}
