package io.mortar.node.job;

import io.mortar.core.job.JobPace;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Decision;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.JobDecision;
import io.mortar.core.namespace.JobOutcome;
import io.mortar.core.namespace.JobRules;
import io.mortar.core.namespace.NamespaceRules;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A volume in one thread, made and driven by one seed: rows, bricks, whoever leads, clients, and what goes wrong. */
final class SimulatedVolume implements JobVolume {
    static final VolumeId ID = new VolumeId(7);
    static final int UNIT = VolumeSpec.STRIPE_UNIT_BYTES_MIN;
    static final long LEASE_MILLIS = 20_000;
    private static final long PURGE_DELAY_MILLIS = 8_000;
    private static final JobSettings SETTINGS = new JobSettings(
            100L * UNIT,
            UNIT,
            3,
            4,
            Duration.ofSeconds(1),
            Duration.ofSeconds(4),
            Duration.ofSeconds(3),
            Duration.ofSeconds(15));

    final Mutation mutation;
    final RandomGenerator random;
    final Schedule schedule;
    final ModelRows rows = new ModelRows();
    final Map<BrickId, ModelBrick> bricks = new LinkedHashMap<>();
    /** Also those that are none of the volume's any more. */
    final Map<BrickId, NodeName> machines = new LinkedHashMap<>();

    VolumeSpec spec;
    private long shapeNumber;
    private int brickCount;
    private int departureCount;
    private @Nullable Leader leader;
    private int term;

    SimulatedVolume(Mutation mutation, RandomGenerator random) {
        this.mutation = mutation;
        this.random = random;
        this.schedule = new Schedule(random);
        int machineCount = 2 + random.nextInt(3);
        for (int i = 0; i < machineCount + random.nextInt(3); i++) {
            addBrick("m" + (i < machineCount ? i : random.nextInt(machineCount)), brickSize());
        }
        spec = new VolumeSpec(1 + random.nextInt(3), 1 + random.nextInt(Math.min(3, machineCount)), UNIT);
        startLeader();
    }

    private long brickSize() {
        return (15L + random.nextInt(60)) * UNIT;
    }

    ModelBrick addBrick(String machine, long sizeBytes) {
        BrickId id = new BrickId(new UUID(0, ++brickCount));
        ModelBrick brick = new ModelBrick(
                id, new BrickLocation(new NodeName(machine), "/srv/b" + brickCount), sizeBytes, mutation);
        bricks.put(id, brick);
        machines.put(id, brick.location.node());
        return brick;
    }

    ModelBrick addBrick(String machine) {
        return addBrick(machine, brickSize());
    }

    void leave(ModelBrick brick, @Nullable BrickId successor) {
        brick.leaving = true;
        brick.successor = successor;
        brick.departure = ++departureCount;
    }

    void reshape(int replicaCount) {
        spec = new VolumeSpec(spec.stripeCount(), replicaCount, UNIT);
        shapeNumber++;
    }

    void startLeader() {
        leader = new Leader(this, ++term);
        leader.start();
    }

    void crashLeader() {
        leader = null;
        if (mutation == Mutation.FORGET_RELOCATIONS) {
            Checks.relocations(rows).forEach(rows::apply);
        }
    }

    @Nullable
    Leader leader() {
        return leader;
    }

    /** Whether {@code one} still leads; what it decides is worth nothing otherwise. */
    boolean isLeading(Leader one) {
        return leader == one;
    }

    Outcome run(Command command) {
        return apply(NamespaceRules.decide(context(), rows, command));
    }

    Outcome apply(Decision decision) {
        rows.apply(decision.changes());
        return decision.outcome();
    }

    JobOutcome step(JobCommand command) {
        JobDecision decision = JobRules.decide(context(), rows, command);
        if (mutation == Mutation.MOVE_WITHOUT_A_LOOK_AT_WHAT_IS_MISSING && isRefused(decision.outcome())) {
            decision = JobRules.decide(context(), rows.without(Table.MISSING), command);
        }
        rows.apply(decision.changes());
        return decision.outcome();
    }

    private static boolean isRefused(JobOutcome outcome) {
        return outcome instanceof JobOutcome.NotBegun || (outcome instanceof JobOutcome.Ended ended && !ended.moved());
    }

    /** Differs from before if rows, chunks or bricks do. */
    List<Long> stamp() {
        long chunkChanges = 0;
        for (ModelBrick brick : bricks.values()) {
            chunkChanges += brick.changeCount;
        }
        return List.of(rows.changeCount, chunkChanges, (long) bricks.size());
    }

    /** Has the brick store a chunk that one of the other bricks has; null if none has it. */
    ModelBrick.@Nullable Stored copy(ChunkId chunk, int size, ModelBrick to, List<BrickId> sources, long order) {
        boolean isThere = to.has(chunk.file(), chunk.index());
        for (BrickId source : sources) {
            ModelBrick brick = bricks.get(source);
            isThere |= brick != null && brick.up && brick.has(chunk.file(), chunk.index());
        }
        return isThere ? to.store(chunk, size, order) : null;
    }

    @Override
    public VolumeContext context() {
        return new VolumeContext(
                ID,
                spec,
                bricks.values().stream().map(ModelBrick::state).toList(),
                1,
                schedule.nowMillis(),
                LEASE_MILLIS,
                PURGE_DELAY_MILLIS,
                SETTINGS.reserveBytes(),
                JobPace.UNKNOWN,
                42);
    }

    @Override
    public long shapeNumber() {
        return shapeNumber;
    }

    @Override
    public <T> T read(Function<Rows, T> question) {
        return question.apply(
                switch (mutation) {
                    case VACATE_WITHOUT_A_LOOK_AT_LEASES -> rows.without(Table.LEASE);
                    case VACATE_WITHOUT_A_LOOK_AT_RELOCATIONS -> rows.without(Table.RELOCATION);
                    case VACATE_WITHOUT_A_LOOK_AT_DELETIONS -> rows.without(Table.DELETION);
                    default -> rows;
                });
    }

    @Override
    public int departure(BrickId id) {
        ModelBrick brick = bricks.get(id);
        return brick == null ? 0 : brick.departure;
    }

    @Override
    public void vacated(BrickId id, int departure) {
        ModelBrick proven = bricks.get(id);
        boolean served = proven != null && proven.up;
        schedule.after(random.nextInt(20_000), () -> {
            ModelBrick brick = bricks.get(id);
            boolean isValid = mutation == Mutation.VACATE_FOR_AN_EARLIER_DEPARTURE
                    || (departure > 0 && brick != null && brick.departure == departure);
            if (brick != null && brick.leaving && isValid) {
                Checks.vacant(this, brick, served);
                bricks.remove(id);
            }
        });
    }

    @Override
    public void moved(long bytesPerSecond) {}

    @Override
    public JobSettings settings() {
        return SETTINGS;
    }
}
