package io.mortar.client.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.mortar.client.pool.MetadataCalls;
import io.mortar.core.job.JobAction;
import io.mortar.core.job.JobFailure;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobState;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.PoolId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.pool.PoolTopology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VolumeJobsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final VolumeName VOLUME = new VolumeName("v");
    private static final Outcome REFUSED =
            new Outcome.Refused(new Refusal(RefusalCode.BAD_REQUEST, "only one that ended is tried again"));

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<NamespaceProtocol.Request> first = kit.createTestProbe();
    private final TestProbe<NamespaceProtocol.Request> second = kit.createTestProbe();
    private volatile TestProbe<NamespaceProtocol.Request> serving = first;
    private final JobsClient jobs = new VolumeJobs(
            new NamespaceClient(kit.system(), this::topology, new MetadataCalls.Times(LONG, LONG, LONG), 1));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private PoolTopology topology() {
        return new PoolTopology(
                new NodeId(new UUID(0, 2)), new PoolId(new UUID(0, 1)), null, serving.ref(), null, Map.of(), Map.of());
    }

    private static void assertRefused(CompletionStage<?> asked, RefusalCode code) {
        assertThat(asked.toCompletableFuture())
                .failsWithin(LONG)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    @Test
    void a_job_is_started_changed_and_asked_for_its_failed_items() {
        CompletionStage<Long> started = jobs.start(VOLUME, JobKind.REBALANCE);
        NamespaceProtocol.StartJob start = first.expectMessageClass(NamespaceProtocol.StartJob.class);
        assertThat(start.kind()).isEqualTo(JobKind.REBALANCE);
        start.replyTo().tell(new Outcome.JobStarted(7));
        assertThat(started).succeedsWithin(LONG).isEqualTo(7L);

        CompletionStage<JobState> limited = jobs.control(VOLUME, 7, JobAction.LIMIT, 1000);
        NamespaceProtocol.ControlJob control = first.expectMessageClass(NamespaceProtocol.ControlJob.class);
        assertThat(List.of(control.job(), control.value())).containsExactly(7L, 1000L);
        control.replyTo().tell(new Outcome.JobChanged(JobState.PAUSED));
        assertThat(limited).succeedsWithin(LONG).isEqualTo(JobState.PAUSED);

        List<JobFailure> items = List.of(new JobFailure(5, "/a", "no place", 3));
        CompletionStage<List<JobFailure>> failures = jobs.failures(VOLUME, 7, 4, 10);
        NamespaceProtocol.Ask ask = first.expectMessageClass(NamespaceProtocol.Ask.class);
        assertThat(ask.query()).isEqualTo(new Query.ListJobFailures(7, 4, 10));
        ask.replyTo().tell(new Outcome.JobFailuresListed(items));
        assertThat(failures).succeedsWithin(LONG).isEqualTo(items);
    }

    @Test
    void a_refusal_is_told_when_the_request_was_sent_once() {
        CompletionStage<JobState> retried = jobs.control(VOLUME, 7, JobAction.RETRY, 0);
        first.expectMessageClass(NamespaceProtocol.ControlJob.class).replyTo().tell(REFUSED);
        assertRefused(retried, RefusalCode.BAD_REQUEST);
    }

    @Test
    void the_refusal_of_a_later_copy_leaves_open_what_became_of_the_one_before() {
        CompletionStage<JobState> retried = jobs.control(VOLUME, 7, JobAction.RETRY, 0);
        first.expectMessageClass(NamespaceProtocol.ControlJob.class);
        serving = second;
        second.expectMessageClass(NamespaceProtocol.ControlJob.class).replyTo().tell(REFUSED);
        assertRefused(retried, RefusalCode.TIMED_OUT);
    }
}
