package io.mortar.cli.command;

import io.mortar.cli.drill.Drill;
import io.mortar.cli.drill.DrillOptions;
import io.mortar.cli.drill.fault.FaultKind;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.local.LocalPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mortar drill}. */
@Command(
        name = "drill",
        header = "Hurt a pool while clients work on it, and prove that no acknowledged byte is lost.",
        description = {
            "With --local: starts a pool on 127.0.0.1, 127.0.0.2 and so on with a volume of two copies. Clients write, replace, read, move,",
            "delete and list files through all nodes, and know what every answer must be. Meanwhile nodes are killed and frozen, bytes of",
            "chunks are flipped, and a brick is filled, one at a time. At the end every file is compared through every node.",
            "",
            "Exit code 1 if acknowledged bytes were lost or wrong, 3 if an operation took more than 10 seconds or the pool did not become whole",
            "again. Everything is removed at the end, unless --dir says otherwise."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mortar drill --local",
            "  mortar drill --local --minutes 1 --faults kill",
            "  mortar drill --local --seed 17 --json      the same files and the same order of faults again"
        })
final class DrillCommand implements Callable<Integer> {
    private static final int PORT_MAX = 65_535;
    private static final int NODES_MIN = 3;
    private static final int NODES_MAX = 16;
    private static final int MINUTES_MAX = 7 * 24 * 60;

    private final Session session;

    @Option(names = "--local", description = "Start a pool on this machine for the drill.")
    private boolean local;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "4", description = "Nodes, 3 to 16. Default: 4.")
    private int nodes;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "3",
            description = "How long faults are done. Default: 3.")
    private double minutes;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Time from one fault to the next, at least; the pool must be whole again first. Default: 10.")
    private int everySeconds;

    @Option(
            names = "--faults",
            paramLabel = "FAULT",
            split = ",",
            description = "Which, separated by commas: kill, pause, corrupt, fill, cut. Default: all.")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of the load and of the order of faults. Default: another one each time.")
    private @Nullable Long seed;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Keep the data and the logs in this directory. Default: a temporary one.")
    private @Nullable Path directory;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "2551",
            description = "Port between the nodes. Default: 2551.")
    private int port;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "HTTP port. Default: 8080.")
    private int httpPort;

    DrillCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!local) {
            throw CommandFailedException.usage("say --local: a drill makes a pool of its own on this machine");
        }
        if (port < 1 || port > PORT_MAX || httpPort < 1 || httpPort > PORT_MAX || port == httpPort) {
            throw CommandFailedException.usage(
                    "--port and --http-port are two different numbers from 1 to " + PORT_MAX);
        }
        if (nodes < NODES_MIN || nodes > NODES_MAX) {
            throw CommandFailedException.usage("--nodes is a number from " + NODES_MIN + " to " + NODES_MAX
                    + ": with fewer, nothing is left when one is lost");
        }
        if (!(minutes > 0 && minutes <= MINUTES_MAX) || everySeconds < 1) {
            throw CommandFailedException.usage(
                    "--minutes is above 0 and at most " + MINUTES_MAX + ", --every at least 1");
        }
        DrillOptions options = new DrillOptions(
                new LocalPlan("drill", nodes, port, httpPort),
                directory,
                Duration.ofMillis((long) (minutes * 60_000)),
                seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed,
                Duration.ofSeconds(everySeconds),
                kinds(),
                session.json());
        return new Drill(options, session.terminal()).run().value();
    }

    private List<FaultKind> kinds() {
        if (faults.isEmpty()) {
            return List.of(FaultKind.values());
        }
        List<FaultKind> kinds = new ArrayList<>();
        for (String word : faults) {
            kinds.add(Arrays.stream(FaultKind.values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> CommandFailedException.usage("--faults does not know '" + word + "', only "
                            + Arrays.stream(FaultKind.values())
                                    .map(FaultKind::word)
                                    .collect(Collectors.joining(", ")))));
        }
        return kinds;
    }
}
