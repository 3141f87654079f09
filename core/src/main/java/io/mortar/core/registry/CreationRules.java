package io.mortar.core.registry;

import static io.mortar.core.registry.RegistryRules.accepted;
import static io.mortar.core.registry.RegistryRules.refused;

import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a volume may be created, with every reason against it that can be known before the nodes are asked. */
final class CreationRules {
    private CreationRules() {}

    static Decision create(RegistryState state, RegistryCommand.CreateVolume c, RegistryLimits limits) {
        Optional<RegisteredVolume> existing = state.volume(c.name());
        if (existing.isPresent()) {
            return repeated(existing.get(), c);
        }
        List<Refusal> problems = problems(state, c, limits);
        if (!problems.isEmpty()) {
            return refused(
                    problems.get(0).code(),
                    "volume '" + c.name() + "' was not created: " + BrickProblems.joined(problems));
        }
        return accepted(new RegistryEvent.VolumeCreating(
                new VolumeId(state.lastVolumeId() + 1),
                c.name(),
                c.spec(),
                c.nowMillis(),
                BrickProblems.plan(state, c.locations(), c.newIds())));
    }

    private static Decision repeated(RegisteredVolume existing, RegistryCommand.CreateVolume c) {
        if (existing.state() == VolumeState.DELETING) {
            return refused(
                    RefusalCode.VOLUME_EXISTS,
                    "volume '" + c.name() + "' was not created: one of that name is still being deleted; try again in a"
                            + " moment");
        }
        if (existing.isMadeOf(c.spec(), c.locations())) {
            return accepted();
        }
        return refused(
                RefusalCode.VOLUME_EXISTS,
                "volume '" + c.name() + "' was not created: it exists with other arguments, " + spec(existing.spec())
                        + " on "
                        + existing.bricks().stream()
                                .map(b -> b.location().toString())
                                .collect(Collectors.joining(" "))
                        + "; choose another name, 'mortar volume info " + c.name() + "' shows this one");
    }

    private static List<Refusal> problems(RegistryState state, RegistryCommand.CreateVolume c, RegistryLimits limits) {
        List<Refusal> problems = new ArrayList<>();
        if (state.volumes().size() >= limits.volumeCountMax()) {
            problems.add(new Refusal(
                    RefusalCode.OVERLOADED,
                    "the pool has " + state.volumes().size() + " volumes, its limit; delete one first"));
        }
        if (c.locations().size() > limits.brickCountMax()) {
            problems.add(new Refusal(
                    RefusalCode.BAD_REQUEST,
                    c.locations().size() + " bricks are more than the " + limits.brickCountMax()
                            + " that a volume may have"));
            return problems;
        }
        brickCountProblem(c).ifPresent(problems::add);
        machineCountProblem(c).ifPresent(problems::add);
        problems.addAll(BrickProblems.of(state, c.locations(), c.reachable()));
        return problems;
    }

    private static Optional<Refusal> brickCountProblem(RegistryCommand.CreateVolume c) {
        int stripe = c.spec().stripeCount();
        int replica = c.spec().replicaCount();
        int given = c.locations().size();
        if (given >= c.spec().layoutBrickCount()) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                RefusalCode.TOO_FEW_BRICKS,
                replica == 1
                        ? "stripe " + stripe + " needs at least that many bricks and " + given
                                + " were given; add bricks or lower the stripe count"
                        : "stripe " + stripe + " replica " + replica + " needs at least " + stripe + " x " + replica
                                + " = " + c.spec().layoutBrickCount() + " bricks and " + given
                                + " were given; add bricks or lower the stripe or replica count"));
    }

    /** Copies on one machine would be lost together. */
    private static Optional<Refusal> machineCountProblem(RegistryCommand.CreateVolume c) {
        long machines =
                c.locations().stream().map(BrickLocation::node).distinct().count();
        int replica = c.spec().replicaCount();
        if (machines >= replica) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                RefusalCode.TOO_FEW_BRICKS,
                "replica " + replica + " keeps the copies of a chunk on " + replica
                        + " distinct machines, so that losing one machine loses one copy, and the bricks given are on "
                        + machines + "; give bricks of more nodes or lower the replica count"));
    }

    private static String spec(VolumeSpec spec) {
        return "stripe " + spec.stripeCount() + ", replica " + spec.replicaCount() + ", stripe unit "
                + spec.stripeUnitBytes() + " bytes";
    }
}
