package io.mortar.journal.raft.sim;

import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.journal.raft.Message;
import io.mortar.journal.raft.RaftSettings;
import io.mortar.journal.raft.SnapshotPoint;
import io.mortar.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Replicas, a network and a checker on one thread, all that happens following from one seed. */
final class Cluster {
    /** Small limits, so that a run of some thousand events reaches all of them. */
    static final RaftSettings SETTINGS = new RaftSettings(1, 5, 10, 1024, 200, 4, 400, 1600, 300, 400, 4);

    private static final int TICK_MILLIS = 100;

    final long seed;
    final Mutation mutation;
    final RaftSettings settings = SETTINGS;
    final Timeline timeline = new Timeline();
    final RandomGenerator random;
    final Checker checker = new Checker();
    final SimNetwork network;
    private final Trace trace;
    private final TreeMap<MemberId, SimNode> nodes = new TreeMap<>();

    /** {@code voters} replicas that begin as a group, and {@code spares} that know nothing. */
    Cluster(long seed, Mutation mutation, int voters, int spares, Trace trace) {
        this.seed = seed;
        this.mutation = mutation;
        this.trace = trace;
        random = Seeds.random(seed);
        network = new SimNetwork(timeline, random, this::deliver);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < voters; i++) {
            members.add(Member.voter(nodeId(i), nodeId(i) + ":1"));
        }
        for (int i = 0; i < voters + spares; i++) {
            SnapshotPoint start = SnapshotPoint.origin(i < voters ? new Membership(members) : Membership.NONE);
            SimNode node = new SimNode(nodeId(i), start, this);
            nodes.put(node.id, node);
            // Clocks run up to a tenth faster or slower than others.
            int tickMillis = TICK_MILLIS * 9 / 10 + random.nextInt(TICK_MILLIS / 5);
            timeline.after(random.nextInt(tickMillis), () -> tick(node, tickMillis));
        }
    }

    static MemberId nodeId(int number) {
        return new MemberId("n" + (number + 1));
    }

    private void tick(SimNode node, int tickMillis) {
        timeline.after(tickMillis, () -> tick(node, tickMillis));
        if (!node.isPaused()) {
            node.tick();
        }
    }

    private void deliver(Message message) {
        SimNode node = node(message.to());
        if (node.isPaused()) {
            timeline.after(TICK_MILLIS, () -> deliver(message));
        } else {
            node.receive(message);
        }
    }

    SimNode node(MemberId id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    List<SimNode> nodes() {
        return List.copyOf(nodes.values());
    }

    SimNode anyNode() {
        return nodes().get(random.nextInt(nodes.size()));
    }

    /** The replica that leads the latest term. */
    Optional<SimNode> leader() {
        return nodes.values().stream()
                .filter(SimNode::isLeader)
                .max((a, b) -> Long.compare(a.core().term(), b.core().term()));
    }

    void trace(Supplier<String> line) {
        trace.add(timeline.now(), line);
    }

    void run(long millis) {
        long end = timeline.now() + millis;
        while (timeline.now() < end) {
            timeline.step();
        }
    }

    /** Runs until {@code reached}; fails after {@code millisMax}. */
    void runUntil(String what, long millisMax, BooleanSupplier reached) {
        long end = timeline.now() + millisMax;
        while (!reached.getAsBoolean()) {
            if (timeline.now() >= end) {
                throw new SimulationFailure("within " + millisMax + " ms not: " + what);
            }
            timeline.step();
        }
    }
}
