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
import java.util.stream.IntStream;

/** Whether a volume may be created, with every reason against it that can be known before the nodes are asked. */
final class CreationRules {
    private static final int PROBLEMS_SHOWN_MAX = 10;

    private CreationRules() {}

    static Decision create(RegistryState state, RegistryCommand.CreateVolume c, RegistryLimits limits) {
        Optional<RegisteredVolume> existing = state.volume(c.name());
        if (existing.isPresent()) {
            return repeated(existing.get(), c);
        }
        List<Refusal> problems = problems(state, c, limits);
        if (!problems.isEmpty()) {
            return refused(problems.get(0).code(), "volume '" + c.name() + "' was not created: " + joined(problems));
        }
        return accepted(new RegistryEvent.VolumeCreating(
                new VolumeId(state.lastVolumeId() + 1), c.name(), c.spec(), c.nowMillis(), plan(state, c)));
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

    private static List<OwnedBrick> plan(RegistryState state, RegistryCommand.CreateVolume c) {
        return IntStream.range(0, c.locations().size())
                .mapToObj(i -> {
                    BrickLocation location = c.locations().get(i);
                    RegisteredNode node = state.node(location.node()).orElseThrow();
                    return new OwnedBrick(c.newIds().get(i), node.id(), location);
                })
                .toList();
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
        for (int i = 0; i < c.locations().size(); i++) {
            hostProblem(state, c, c.locations().get(i)).ifPresent(problems::add);
            pathProblem(state, c, i).ifPresent(problems::add);
        }
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

    private static Optional<Refusal> hostProblem(
            RegistryState state, RegistryCommand.CreateVolume c, BrickLocation brick) {
        Optional<RegisteredNode> node = state.node(brick.node());
        if (node.isEmpty()) {
            return Optional.of(new Refusal(
                    RefusalCode.NODE_NOT_FOUND,
                    "brick " + brick + ": the pool has no node '" + brick.node() + "', it has "
                            + NodeRules.names(state)));
        }
        if (!c.reachable().contains(node.get().id())) {
            return Optional.of(new Refusal(
                    RefusalCode.BRICK_DOWN,
                    "brick " + brick + ": node '" + brick.node() + "' at "
                            + node.get().address() + " cannot be reached; start it or leave its bricks out"));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> pathProblem(RegistryState state, RegistryCommand.CreateVolume c, int index) {
        BrickLocation brick = c.locations().get(index);
        if (!BrickPaths.isPlain(brick.directory())) {
            return Optional.of(new Refusal(
                    RefusalCode.BAD_REQUEST,
                    "brick " + brick + ": write the directory without empty, '.' and '..' segments"));
        }
        for (BrickLocation earlier : c.locations().subList(0, index)) {
            if (overlap(brick, earlier)) {
                return Optional.of(inUse(
                        brick,
                        brick.equals(earlier) ? "it is given twice" : "it overlaps " + earlier + ", also given"));
            }
        }
        return state.volumes().stream()
                .flatMap(v -> v.bricks().stream()
                        .filter(b -> overlap(brick, b.location()))
                        .map(b -> inUse(brick, usedBy(brick, b.location(), v))))
                .findFirst()
                .or(() -> state.releasing().stream()
                        .filter(b -> overlap(brick, b.location()))
                        .findFirst()
                        .map(b -> inUse(
                                brick,
                                "its node has not given back brick " + b.location()
                                        + " of an earlier volume yet; try again in a moment, or once '"
                                        + b.location().node() + "' is back")));
    }

    private static String usedBy(BrickLocation brick, BrickLocation used, RegisteredVolume volume) {
        return brick.equals(used)
                ? "volume '" + volume.name() + "' uses it"
                : "it overlaps " + used + ", which volume '" + volume.name() + "' uses";
    }

    private static Refusal inUse(BrickLocation brick, String why) {
        return new Refusal(RefusalCode.BRICK_IN_USE, "brick " + brick + ": " + why);
    }

    private static boolean overlap(BrickLocation a, BrickLocation b) {
        return a.node().equals(b.node()) && BrickPaths.overlap(a.directory(), b.directory());
    }

    private static String joined(List<Refusal> problems) {
        String shown =
                problems.stream().limit(PROBLEMS_SHOWN_MAX).map(Refusal::text).collect(Collectors.joining("; and "));
        int more = problems.size() - PROBLEMS_SHOWN_MAX;
        return more > 0 ? shown + "; and " + more + " more problems" : shown;
    }

    private static String spec(VolumeSpec spec) {
        return "stripe " + spec.stripeCount() + ", replica " + spec.replicaCount() + ", stripe unit "
                + spec.stripeUnitBytes() + " bytes";
    }
}
