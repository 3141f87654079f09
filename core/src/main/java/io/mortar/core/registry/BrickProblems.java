package io.mortar.core.registry;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What speaks against directories as new bricks, as far as it can be known before their nodes are asked. */
final class BrickProblems {
    private static final int SHOWN_MAX = 10;

    private BrickProblems() {}

    /** @param reachable the nodes that can be reached now */
    static List<Refusal> of(RegistryState state, List<BrickLocation> given, Set<NodeId> reachable) {
        List<Refusal> problems = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            hostProblem(state, given.get(i), reachable).ifPresent(problems::add);
            pathProblem(state, given, i).ifPresent(problems::add);
        }
        return problems;
    }

    /** Bricks at {@code given}, of which {@link #of} found nothing, with {@code ids} in turn. */
    static List<OwnedBrick> plan(RegistryState state, List<BrickLocation> given, List<BrickId> ids) {
        return IntStream.range(0, given.size())
                .mapToObj(i -> {
                    BrickLocation location = given.get(i);
                    RegisteredNode node = state.node(location.node()).orElseThrow();
                    return new OwnedBrick(ids.get(i), node.id(), location);
                })
                .toList();
    }

    static String joined(List<Refusal> problems) {
        String shown = problems.stream().limit(SHOWN_MAX).map(Refusal::text).collect(Collectors.joining("; and "));
        int more = problems.size() - SHOWN_MAX;
        return more > 0 ? shown + "; and " + more + " more problems" : shown;
    }

    private static Optional<Refusal> hostProblem(RegistryState state, BrickLocation brick, Set<NodeId> reachable) {
        Optional<RegisteredNode> node = state.node(brick.node());
        if (node.isEmpty()) {
            return Optional.of(new Refusal(
                    RefusalCode.NODE_NOT_FOUND,
                    "brick " + brick + ": the pool has no node '" + brick.node() + "', it has "
                            + NodeRules.names(state)));
        }
        if (!reachable.contains(node.get().id())) {
            return Optional.of(new Refusal(
                    RefusalCode.BRICK_DOWN,
                    "brick " + brick + ": node '" + brick.node() + "' at "
                            + node.get().address() + " cannot be reached; start it or leave its bricks out"));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> pathProblem(RegistryState state, List<BrickLocation> given, int index) {
        BrickLocation brick = given.get(index);
        if (!BrickPaths.isPlain(brick.directory())) {
            return Optional.of(new Refusal(
                    RefusalCode.BAD_REQUEST,
                    "brick " + brick + ": write the directory without empty, '.' and '..' segments"));
        }
        for (BrickLocation earlier : given.subList(0, index)) {
            if (overlap(brick, earlier)) {
                return Optional.of(inUse(
                        brick,
                        brick.equals(earlier) ? "it is given twice" : "it overlaps " + earlier + ", also given"));
            }
        }
        return state.volumes().stream()
                .flatMap(v -> v.claimed()
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
}
