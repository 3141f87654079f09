package io.mortar.node.coordinator;

import static io.mortar.node.coordinator.NamespaceFixture.ID;
import static io.mortar.node.coordinator.NamespaceFixture.SPEC;
import static io.mortar.node.coordinator.NamespaceFixture.VOLUME;
import static io.mortar.node.coordinator.NamespaceFixture.put;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.mortar.core.job.JobAction;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobState;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.MissingCopy;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.path.VolumePath;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.namespace.RequestKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every member of the sealed types that this package takes apart is taken apart somewhere. */
class SealedTypesTest {
    private static final FileVersion VERSION = new FileVersion(ID, 1, 1);
    private static final RequestKey KEY = new RequestKey(1, 1, 0);

    @TempDir
    Path directory;

    private NamespaceFixture namespace;

    @BeforeEach
    void open() {
        namespace = new NamespaceFixture(directory, NamespaceFixture.settings());
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    @Test
    void every_step_is_evaluated() {
        List<Work> samples = List.of(
                new Work.Change(KEY, put("/a", "x"), probe()),
                new Work.Renew(VERSION, probe()),
                new Work.Expire(VERSION),
                new Work.FinishDeletions(List.of(), List.of(), probe()),
                new Work.FinishHealing(new MissingCopy(ProbeBricks.id(0), VERSION, List.of()), probe()),
                new Work.JobRequest(new JobCommand.Control(9, JobAction.PAUSE, 0), probe()),
                new Work.JobStep(new JobCommand.End(9, JobState.DONE, ""), probe()),
                new Work.PurgeDetached(1, probe()),
                new Work.ForgetAnswers(1, 1));
        assertThat(classes(samples)).isEqualTo(Set.of(Work.class.getPermittedSubclasses()));

        VolumePlacement placement = new VolumePlacement(serve(), namespace.surroundings);
        Evaluated evaluated = BatchEvaluation.of(
                placement.context(), namespace.store.rows(), samples, new OutcomeCodec(), new RecentOutcomes(10));

        assertThat(evaluated.answers()).hasSize(7);
        assertThat(samples).allSatisfy(step -> assertThat(step.sizeBytes(SPEC)).isPositive());
    }

    @Test
    void every_request_is_routed() {
        TestProbe<akka.actor.UnhandledMessage> unhandled = namespace.kit.createUnhandledMessageProbe();
        List<NamespaceProtocol.Request> requests = List.of(
                new NamespaceProtocol.Ask(VOLUME, new Query.Lookup(VolumePath.ROOT), probe()),
                new NamespaceProtocol.Change(VOLUME, KEY, put("/a", "x"), probe()),
                new NamespaceProtocol.RenewLease(VOLUME, VERSION, probe()),
                new NamespaceProtocol.PinVersion(VOLUME, VERSION),
                new NamespaceProtocol.DescribeHealing(VOLUME, probe()),
                new NamespaceProtocol.DescribeJobs(VOLUME, probe()),
                new NamespaceProtocol.StartJob(VOLUME, JobKind.REBALANCE, probe()),
                new NamespaceProtocol.ControlJob(VOLUME, 3, JobAction.PAUSE, 0, probe()));
        List<VolumeControl.Request> control = List.of(
                new VolumeControl.Suspend(ID, VOLUME),
                serve(),
                new VolumeControl.DescribeUsage(ID, probe()),
                new VolumeControl.Drop(ID, VOLUME, probe()));
        assertThat(classes(requests)).isEqualTo(Set.of(NamespaceProtocol.Request.class.getPermittedSubclasses()));
        assertThat(classes(control)).isEqualTo(Set.of(VolumeControl.Request.class.getPermittedSubclasses()));

        requests.forEach(namespace.requests::tell);
        control.forEach(namespace.control::tell);

        assertThat(namespace.lookup("/a")).isInstanceOf(Outcome.Refused.class);
        unhandled.expectNoMessage();
    }

    private static Set<Class<?>> classes(List<?> samples) {
        return samples.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    private VolumeControl.Serve serve() {
        return namespace.bricks.serve(ID, VOLUME, SPEC);
    }

    private <T> ActorRef<T> probe() {
        TestProbe<T> probe = namespace.kit.createTestProbe();
        return probe.getRef();
    }
}
