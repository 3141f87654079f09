package io.mortar.journal.raft.sim;

import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What goes wrong, and what operators do meanwhile. Every seed has a few kinds of events only, and its own pace: mixing all of them
 * evenly would hide what needs many of one kind (Groce et al., <i>Swarm Testing</i>, 2012).
 */
final class Chaos {
    /** What can go wrong or be done. */
    enum Kind {
        CRASH,
        CRASH_ALL,
        CRASH_LEADER_SOON,
        SPLIT,
        ISOLATE,
        CUT_ONE_WAY,
        SLOW_DISK,
        STUCK_DISK,
        PAUSE,
        HURRY,
        COMPACT,
        TRANSFER,
        CHANGE_MEMBERSHIP
    }

    /**
     * How much of it.
     *
     * @param pauseMillisMax between two events
     * @param downMillisMax until a crashed replica starts again
     * @param delayMillisMax of a message
     */
    record Profile(
            List<Kind> kinds,
            int pauseMillisMax,
            int downMillisMax,
            int delayMillisMax,
            double lossRate,
            double duplicateRate) {
        static Profile random(RandomGenerator random) {
            List<Kind> all = List.of(Kind.values());
            List<Kind> some = all.stream().filter(kind -> random.nextInt(5) < 3).toList();
            return new Profile(
                    some.isEmpty() ? all : some,
                    pick(random, 50, 200, 600),
                    pick(random, 40, 300, 3000),
                    pick(random, 5, 30, 120),
                    random.nextInt(4) * 0.03,
                    random.nextInt(3) * 0.03);
        }

        private static int pick(RandomGenerator random, int... choices) {
            return choices[random.nextInt(choices.length)];
        }
    }

    private final Cluster cluster;
    private final RandomGenerator random;
    private final Profile profile;
    private boolean over;

    Chaos(Cluster cluster, Profile profile) {
        this.cluster = cluster;
        this.profile = profile;
        random = cluster.random;
    }

    void begin() {
        cluster.network.setQuality(profile.lossRate, profile.duplicateRate, profile.delayMillisMax);
        plan();
    }

    /** Heals everything and starts whoever is down. */
    void end() {
        over = true;
        cluster.trace(() -> "all is well again");
        cluster.network.heal();
        cluster.network.setQuality(0, 0, 10);
        cluster.nodes().forEach(this::restore);
    }

    private void plan() {
        cluster.timeline.after(20 + random.nextInt(profile.pauseMillisMax), () -> {
            if (!over) {
                act(profile.kinds.get(random.nextInt(profile.kinds.size())), cluster.anyNode());
                plan();
            }
        });
    }

    private void act(Kind kind, SimNode node) {
        switch (kind) {
            case CRASH -> crash(node);
            case CRASH_ALL -> cluster.nodes().forEach(this::crash);
            case CRASH_LEADER_SOON -> cluster.leader().ifPresent(this::crashSoon);
            case SPLIT -> split();
            case ISOLATE -> isolate(node, true);
            case CUT_ONE_WAY -> isolate(node, false);
            case SLOW_DISK -> slowDown(node, SimDisk.Speed.SLOW);
            case STUCK_DISK -> slowDown(node, SimDisk.Speed.STUCK);
            case PAUSE -> pause(node);
            case HURRY -> hurry();
            case COMPACT -> compact(node);
            case TRANSFER -> cluster.leader().ifPresent(leader -> leader.transfer(node.id));
            case CHANGE_MEMBERSHIP ->
                cluster.nodes().stream().filter(SimNode::isLeader).forEach(this::changeMembership);
        }
    }

    private void restore(SimNode node) {
        node.setPaused(false);
        node.logDisk.setSpeed(SimDisk.Speed.FAST);
        node.stateDisk.setSpeed(SimDisk.Speed.FAST);
        if (!node.isUp()) {
            node.start();
        }
    }

    private void crash(SimNode node) {
        if (node.isUp()) {
            node.crash();
            cluster.timeline.after(1 + random.nextInt(profile.downMillisMax), () -> restore(node));
        }
    }

    private void crashSoon(SimNode leader) {
        cluster.timeline.after(random.nextInt(50), () -> crash(leader));
    }

    /** Cuts are healed before the next ones, or soon nobody would hear anybody. */
    private void healLater() {
        cluster.network.heal();
        cluster.timeline.after(200 + random.nextInt(3000), cluster.network::heal);
    }

    private void split() {
        healLater();
        List<MemberId> some = new ArrayList<>();
        List<MemberId> others = new ArrayList<>();
        cluster.nodes().forEach(node -> (random.nextBoolean() ? some : others).add(node.id));
        cluster.trace(() -> "split " + some + " from " + others);
        cluster.network.separate(some, others);
    }

    private void isolate(SimNode node, boolean bothWays) {
        healLater();
        boolean deaf = random.nextBoolean();
        cluster.trace(() -> node.id + (bothWays ? " is isolated" : deaf ? " is deaf" : " is mute"));
        for (SimNode other : cluster.nodes()) {
            if (other != node && (bothWays || deaf)) {
                cluster.network.cut(other.id, node.id);
            }
            if (other != node && (bothWays || !deaf)) {
                cluster.network.cut(node.id, other.id);
            }
        }
    }

    private void slowDown(SimNode node, SimDisk.Speed speed) {
        SimDisk disk = random.nextInt(3) == 0 ? node.stateDisk : node.logDisk;
        cluster.trace(() -> node.id + " has a disk that is " + speed);
        disk.setSpeed(speed);
        cluster.timeline.after(100 + random.nextInt(4000), () -> disk.setSpeed(SimDisk.Speed.FAST));
    }

    private void pause(SimNode node) {
        cluster.trace(() -> node.id + " is paused");
        node.setPaused(true);
        cluster.timeline.after(100 + random.nextInt(3000), () -> node.setPaused(false));
    }

    /** Some clocks catch up with a second at once, as after a suspension, so that several replicas stand for election together. */
    private void hurry() {
        for (SimNode node : cluster.nodes()) {
            int ticks = random.nextBoolean() ? 0 : random.nextInt(12);
            for (int i = 0; i < ticks && !node.isPaused(); i++) {
                node.tick();
            }
        }
    }

    private void compact(SimNode node) {
        if (node.isUp()) {
            node.compact(node.state().point().index() - random.nextInt(8));
        }
    }

    private void changeMembership(SimNode leader) {
        Membership now = leader.core().status().membership();
        MemberId id = cluster.anyNode().id;
        String address = id + ":" + random.nextInt(10);
        Member.Role role = random.nextBoolean() ? Member.Role.VOTER : Member.Role.LEARNER;
        leader.change(random.nextInt(3) == 0 ? now.without(id) : now.with(new Member(id, address, role)));
    }
}
