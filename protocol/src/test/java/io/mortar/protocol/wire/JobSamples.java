package io.mortar.protocol.wire;

import akka.actor.typed.ActorRef;
import io.mortar.core.job.ChangePlan;
import io.mortar.core.job.JobAction;
import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobFailure;
import io.mortar.core.job.JobFindings;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobPace;
import io.mortar.core.job.JobState;
import io.mortar.core.job.JobStatus;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.layout.BrickState;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeName;
import io.mortar.protocol.namespace.NamespaceProtocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The messages about jobs and plans, for {@link Samples}. */
final class JobSamples {
    private static final VolumeName NAME = new VolumeName("bt-vol");
    private static final BrickId BRICK = new BrickId(new UUID(1, 2));
    private static final BrickLocation LOCATION = new BrickLocation(new NodeName("bt1"), "/srv/brick");
    private static final BrickState STATE = new BrickState(BRICK, LOCATION, false, 1 << 20, true, 2 << 20, true, null);

    private JobSamples() {}

    static Map<String, Record> all(ActorRef<Outcome> reply) {
        Map<String, Record> all = new LinkedHashMap<>();
        all.put("ns.jobs", new NamespaceProtocol.DescribeJobs(NAME, reply));
        all.put("ns.job-start", new NamespaceProtocol.StartJob(NAME, JobKind.REBALANCE, reply));
        all.put("ns.job-control", new NamespaceProtocol.ControlJob(NAME, 3, JobAction.LIMIT, 1 << 20, reply));
        all.put("plan.add", new ProposedChange.AddBricks(List.of(STATE)));
        all.put("plan.remove", new ProposedChange.RemoveBricks(List.of(BRICK)));
        all.put("plan.replace", new ProposedChange.ReplaceBrick(BRICK, STATE));
        all.put("plan.replica", new ProposedChange.SetReplica(2));
        all.put("plan.rebalance", new ProposedChange.Rebalance());
        all.put("ns.plan", new Query.PlanChange(new ProposedChange.SetReplica(3)));
        all.put("ns.failures", new Query.ListJobFailures(3, 43, 100));
        all.put(
                "ns.ask~plan",
                new NamespaceProtocol.Ask(NAME, new Query.PlanChange(new ProposedChange.Rebalance()), reply));
        all.put("ns.job-started", new Outcome.JobStarted(3));
        all.put("ns.job-changed", new Outcome.JobChanged(JobState.PAUSED));
        all.put(
                "ns.jobs-listed",
                new Outcome.JobsListed(List.of(new JobStatus(
                        3,
                        JobKind.DRAIN,
                        "bt1:/srv/brick",
                        JobState.RUNNING,
                        new JobCounts(1, 2, 3, 4, 5),
                        new JobFindings(6, 7, 8, 9),
                        10,
                        11,
                        12,
                        0,
                        13,
                        "is down"))));
        all.put(
                "ns.failures-listed",
                new Outcome.JobFailuresListed(
                        List.of(new JobFailure(43, "/photos/a.jpg", "is down", 1_700_000_000_000L))));
        all.put(
                "ns.planned",
                new Outcome.ChangePlanned(new ChangePlan(
                        1,
                        2,
                        3,
                        4,
                        "no room",
                        5,
                        List.of(new ChangePlan.Brick(BRICK, LOCATION, 6, 7, 8, 9)),
                        List.of(new ChangePlan.Machine(new NodeName("bt1"), 10, 11, 12, 13)),
                        14,
                        15,
                        new JobPace(16, 17))));
        return all;
    }
}
