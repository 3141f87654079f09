package io.mortar.cli.drill.guided;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.drill.fault.FaultKind;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.RemotePath;
import io.mortar.cli.remote.UrlPath;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Makes the steps of a drill out of the pool as it is when their turn comes; each on another machine than the one before, by a seed. */
final class StepBook {
    private final OwnPool pool;
    private final String volume;
    private final RemotePath directory;
    private final long seed;
    private final SplittableRandom random;
    private String previous = "";
    private int probes;

    /** @param directory of the drill */
    StepBook(OwnPool pool, String volume, RemotePath directory, long seed) {
        this.pool = pool;
        this.volume = volume;
        this.directory = directory;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** The next step; throws {@link ImpossibleStepException} with the reason if it cannot be done in this pool. */
    Step step(FaultKind kind) {
        try {
            return made(kind);
        } catch (CommandFailedException e) {
            throw new ImpossibleStepException(e.text());
        }
    }

    private Step made(FaultKind kind) {
        JsonNode found = pool.ask("look at the volume '" + volume + "'", UrlPath.ofApi("volumes", volume));
        List<Brick> bricks = new ArrayList<>();
        for (JsonNode brick : found.path("bricks")) {
            bricks.add(new Brick(
                    brick.path("brick").asText(),
                    brick.path("node").asText(),
                    brick.path("directory").asText(),
                    brick.path("capacity").path("reservedBytes").asLong()));
        }
        return switch (kind) {
            case KILL -> StepTexts.kill(pool.node(oneOf(bricks).node()), pool);
            case PAUSE -> StepTexts.pause(pool.node(oneOf(bricks).node()), pool);
            case CUT -> cut(bricks);
            case FILL -> fill(oneOf(bricks));
            case CORRUPT -> corrupt(bricks);
            default -> throw new AssertionError("unhandled " + kind);
        };
    }

    /** @param reservedBytes what stays free on its file system for good */
    record Brick(String name, String node, String directory, long reservedBytes) {}

    private Step cut(List<Brick> bricks) {
        List<String> hosts = pool.nodes().stream().map(PoolNode::host).toList();
        boolean together = hosts.stream().distinct().count() < hosts.size()
                || hosts.stream().anyMatch(host -> host.startsWith("127."));
        if (together) {
            throw new ImpossibleStepException(
                    "the nodes share a machine, whose network is not cut for one of them alone");
        }
        TreeSet<String> ports =
                new TreeSet<>(pool.nodes().stream().map(PoolNode::port).toList());
        return StepTexts.cut(pool.node(oneOf(bricks).node()), ports, pool);
    }

    private Step fill(Brick brick) {
        return StepTexts.fill(pool.node(brick.node()), brick, pool);
    }

    private Step corrupt(List<Brick> bricks) {
        probes++;
        Probe probe = new Probe(directory.child("probe" + probes), seed + probes);
        NodeClient first = pool.clients().get(0);
        probe.write(first);
        JsonNode stat = probe.stat(first);
        List<String> copies = Probe.bricks(stat);
        List<Brick> reached = bricks.stream()
                .filter(brick -> copies.contains(brick.name()))
                .filter(brick -> pool.node(brick.node()).url() != null)
                .toList();
        if (copies.size() < 2 || reached.isEmpty()) {
            throw new ImpossibleStepException(
                    "no node with one of several copies is reached from here, so that its own copy could be read");
        }
        Brick brick = oneOf(reached);
        Mending mending = new Mending(pool, brick.name(), () -> probe.read(pool.client(brick.node())));
        return StepTexts.corrupt(pool.node(brick.node()), probe.flip(stat, brick.directory()), mending::isSeen);
    }

    private Brick oneOf(List<Brick> bricks) {
        List<Brick> others =
                bricks.stream().filter(brick -> !brick.node().equals(previous)).toList();
        List<Brick> choices = others.isEmpty() ? bricks : others;
        Brick chosen = choices.get(random.nextInt(choices.size()));
        previous = chosen.node();
        return chosen;
    }
}
