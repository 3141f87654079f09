package io.mortar.node.simulation;

import io.mortar.core.job.JobPace;
import io.mortar.core.layout.BrickState;
import io.mortar.core.namespace.ETag;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.journal.raft.Member;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.raft.Membership;
import io.mortar.testkit.Seeds;
import io.mortar.testkit.linearizability.History;
import io.mortar.testkit.linearizability.LinearizabilityCheck;
import io.mortar.testkit.linearizability.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A whole pool's metadata in one thread, made and driven by one seed: replicas, network, clients and what goes wrong. */
final class SimulatedPool {
    private static final long BAD_MICROS = 1_200_000;
    private static final long HEAL_MICROS = 400_000;
    private static final long GOOD_MICROS = 200_000;
    private static final long REST_MICROS = 800_000;
    private static final long EPOCH_MILLIS = 1_000_000;
    private static final VolumeSpec SPEC = new VolumeSpec(3, 1, VolumeSpec.STRIPE_UNIT_BYTES_MIN);
    private static final List<BrickState> BRICKS = IntStream.range(0, 3)
            .mapToObj(i -> new BrickState(
                    new BrickId(new UUID(0, i)), new BrickLocation(new NodeName("n" + i), "/brick"), true, 1L << 40))
            .toList();

    private final Clockwork clock = new Clockwork();
    private final History<TreeCall, String> history = new History<>();
    private final Map<String, ETag> tags = new LinkedHashMap<>();
    private final Mutation mutation;
    private final Wires wires;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final @Nullable LeaderView[] seen;
    private final Trouble trouble;
    private final Style style;
    private boolean healed;
    private boolean open = true;

    /**
     * How a run ended.
     *
     * @param unanswered calls without an answer of those that were made after everything had been healed
     * @param fingerprints of the replicas' rows at the end
     */
    record Result(Verdict verdict, int calls, int unanswered, List<Integer> fingerprints) {}

    SimulatedPool(long seed, Mutation mutation) {
        this(mutation, Style.pick(Seeds.random(seed)), Seeds.random(seed));
    }

    SimulatedPool(Mutation mutation, Style style, RandomGenerator random) {
        this.mutation = mutation;
        this.style = style;
        int nodes = random.nextInt(3) == 0 ? 5 : 3;
        Membership membership = new Membership(IntStream.range(0, nodes)
                .mapToObj(i -> Member.voter(Replica.id(i), "n" + i + ":1"))
                .toList());
        seen = new LeaderView[nodes];
        wires = new Wires(clock, Seeds.random(random.nextLong()), nodes, style.latePercent());
        for (int i = 0; i < nodes; i++) {
            replicas.add(new Replica(i, this, Seeds.random(random.nextLong()), membership));
        }
        int count = 3 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            clients.add(new Client(i, random.nextInt(nodes), this, Seeds.random(random.nextLong())));
        }
        trouble = new Trouble(this, Seeds.random(random.nextLong()));
    }

    Result run() {
        replicas.forEach(Replica::start);
        clients.forEach(Client::thinkThenCall);
        trouble.begin();
        clock.run(BAD_MICROS);
        trouble.end();
        clock.run(BAD_MICROS + HEAL_MICROS);
        healed = true;
        clock.run(BAD_MICROS + HEAL_MICROS + GOOD_MICROS);
        open = false;
        clock.run(BAD_MICROS + HEAL_MICROS + GOOD_MICROS + REST_MICROS);
        Verdict verdict = new LinearizabilityCheck<>(new TreeModel(), TreeCall::partition).check(history.operations());
        return new Result(
                verdict,
                history.operations().size(),
                clients.stream().mapToInt(Client::openWhenHealed).sum(),
                replicas.stream()
                        .map(replica -> replica.disk().rows().fingerprint())
                        .toList());
    }

    boolean has(Mutation one) {
        return mutation == one;
    }

    /** Whether clients begin new calls. */
    boolean isOpen() {
        return open;
    }

    Style style() {
        return style;
    }

    boolean isHealed() {
        return healed;
    }

    Clockwork clock() {
        return clock;
    }

    Wires wires() {
        return wires;
    }

    History<TreeCall, String> history() {
        return history;
    }

    Map<String, ETag> tags() {
        return tags;
    }

    List<Replica> replicas() {
        return replicas;
    }

    Replica replica(MemberId id) {
        return replicas.get(Integer.parseInt(id.value().substring(1)));
    }

    /** {@code node} has heard that {@code leader} leads. It may be old news. */
    void heard(int node, LeaderView leader) {
        seen[node] = leader;
    }

    @Nullable
    LeaderView leaderSeenBy(int node) {
        return seen[node];
    }

    VolumeContext context() {
        return new VolumeContext(
                new VolumeId(7),
                SPEC,
                BRICKS,
                1,
                EPOCH_MILLIS + clock.micros() / 1000,
                3_600_000,
                60_000,
                0,
                JobPace.UNKNOWN,
                42);
    }
}
