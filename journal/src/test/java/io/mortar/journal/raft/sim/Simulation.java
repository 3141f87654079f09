package io.mortar.journal.raft.sim;

import io.mortar.journal.raft.Membership;
import io.mortar.testkit.Seeds;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One run: chaos for a while, then peace, in which the group must make progress. */
final class Simulation {
    private static final int CHAOS_MILLIS = 20_000;
    private static final int PEACE_MILLIS_MAX = 60_000;

    private Simulation() {}

    /**
     * What a run did, for judging whether runs do enough.
     *
     * @param snapshots installed
     * @param changes of the membership, committed
     * @param reads confirmed
     */
    record Summary(
            long events, long committed, long acknowledged, long leaders, long snapshots, long changes, long reads) {
        static final Summary NOTHING = new Summary(0, 0, 0, 0, 0, 0, 0);

        Summary plus(Summary other) {
            return new Summary(
                    events + other.events,
                    committed + other.committed,
                    acknowledged + other.acknowledged,
                    leaders + other.leaders,
                    snapshots + other.snapshots,
                    changes + other.changes,
                    reads + other.reads);
        }
    }

    static Summary run(long seed, Mutation mutation, Trace trace) {
        RandomGenerator shape = Seeds.random(~seed);
        return run(seed, mutation, trace, shape, Chaos.Profile.random(shape));
    }

    static Summary run(long seed, Mutation mutation, Trace trace, RandomGenerator shape, Chaos.Profile profile) {
        Cluster cluster = new Cluster(seed, mutation, 1 + shape.nextInt(5), 1 + shape.nextInt(2), trace);
        Chaos chaos = new Chaos(cluster, profile);
        Clients clients = new Clients(cluster);
        clients.begin();
        chaos.begin();
        cluster.run(CHAOS_MILLIS);
        chaos.end();
        long before = cluster.checker.committed();
        cluster.runUntil("a write is acknowledged", PEACE_MILLIS_MAX, () -> cluster.checker.acknowledged() > before);
        clients.end();
        cluster.runUntil("all members have everything", PEACE_MILLIS_MAX, () -> allCaughtUp(cluster));
        return cluster.checker.summary(cluster.timeline.count());
    }

    private static boolean allCaughtUp(Cluster cluster) {
        Optional<SimNode> leader = cluster.leader();
        if (leader.isEmpty()) {
            return false;
        }
        Membership membership = leader.get().core().status().membership();
        return membership.members().stream()
                .map(member -> cluster.node(member.id()).state().point())
                .allMatch(point -> point.index() == cluster.checker.committed());
    }
}
