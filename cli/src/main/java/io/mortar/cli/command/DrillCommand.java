package io.mortar.cli.command;

import io.mortar.cli.drill.Drill;
import io.mortar.cli.drill.DrillOptions;
import io.mortar.cli.drill.fault.FaultKind;
import io.mortar.cli.drill.guided.GuidedDrill;
import io.mortar.cli.drill.guided.GuidedOptions;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.local.LocalPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mortar drill}. */
@Command(
        name = "drill",
        header = "Hurt a pool while clients work on it, and prove that no acknowledged byte is lost.",
        description = {
            "Clients write, replace, read, move, delete and list files through all nodes, and know what every answer must be. Meanwhile nodes are",
            "killed, frozen and cut off, bytes of chunks are flipped, and a brick is filled, one at a time. At the end every file is compared",
            "through every node.",
            "",
            "With --local: on a pool that is started for it on this machine, with a volume of two copies. Everything is removed at the end,",
            "unless --dir says otherwise. Nodes are cut off only for root, who can give each a network of its own.",
            "VOL --guided: on a volume of your own pool. You do the faults, and are told which command to type on which machine; what came of it is",
            "seen in the pool's status. Clients write only into a directory .mortar-drill-TIME of the volume, which is removed at the end. Refused for a",
            "volume without copies, a pool that is not whole or has fewer than 3 voters, unless --force is given.",
            "",
            "Exit code 1 if acknowledged bytes were lost or wrong, 3 if an operation took more than 10 seconds or the pool did not become whole",
            "again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mortar drill --local",
            "  mortar drill --local --minutes 1 --faults kill",
            "  mortar drill --local --seed 17 --json      the same files and the same order of faults again",
            "  mortar drill bt-vol --guided",
            "  mortar drill bt-vol --guided --faults kill,corrupt",
            "  mortar drill bt-vol --clean                removes what a drill that was killed left behind"
        })
final class DrillCommand implements Callable<Integer> {
    private static final int NODES_MIN = 3;
    private static final int NODES_MAX = 16;
    private static final int MINUTES_MAX = 7 * 24 * 60;
    private static final List<String> ONLY_LOCAL =
            List.of("--nodes", "--minutes", "--every", "--dir", "--port", "--http-port");
    private static final List<String> ONLY_OWN = List.of("--guided", "--clean", "--force");

    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "VOL", arity = "0..1", description = "A volume of your pool; not with --local.")
    private @Nullable String volume;

    @Option(names = "--local", description = "Start a pool on this machine for the drill.")
    private boolean local;

    @Option(names = "--guided", description = "Say step by step what to do to which machine, and wait for it.")
    private boolean guided;

    @Option(names = "--clean", description = "Only remove what earlier drills left behind in the volume.")
    private boolean clean;

    @Option(
            names = "--force",
            description = "Begin although a fault may cost data or stop the pool; clean up what may still be in use.")
    private boolean force;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "4",
            description = "With --local: nodes, 3 to 16. Default: 4.")
    private int nodes;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "3",
            description = "With --local: how long faults are done. Default: 3.")
    private double minutes;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "With --local: time from one fault to the next, at least; the pool must be whole again first. Default: 10.")
    private int everySeconds;

    @Option(
            names = "--faults",
            paramLabel = "FAULT",
            split = ",",
            description =
                    "Which, separated by commas: kill, pause, corrupt, fill, cut. Default: all; with --local, 'cut' takes root.")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of the load and of the order of faults. Default: another one each time.")
    private @Nullable Long seed;

    @Mixin
    private final LocalOptions place = new LocalOptions();

    DrillCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (local == (volume != null) || (volume != null && guided == clean)) {
            throw CommandFailedException.usage(
                    "say --local for a drill on a pool of its own on this machine, or VOL --guided for one on a volume of yours,"
                            + " where you do the faults and are told which; VOL --clean removes what one left behind");
        }
        refuse(
                local ? ONLY_OWN : ONLY_LOCAL,
                local ? "of one on your own pool, not of --local" : "of a drill with --local");
        return (volume == null ? onLocalPool() : onVolume(VolumeCommands.checkedName(volume))).value();
    }

    private ExitCode onVolume(String name) {
        List<FaultKind> kinds = kinds().isEmpty() ? List.of(FaultKind.values()) : kinds();
        GuidedOptions options = new GuidedOptions(name, chosenSeed(), kinds, force, session.json());
        GuidedDrill drill = new GuidedDrill(options, session.node(), session.terminal());
        return clean ? drill.clean() : drill.run();
    }

    private ExitCode onLocalPool() {
        place.check();
        if (nodes < NODES_MIN || nodes > NODES_MAX) {
            throw CommandFailedException.usage("--nodes is a number from " + NODES_MIN + " to " + NODES_MAX
                    + ": with fewer, nothing is left when one is lost");
        }
        if (!(minutes > 0 && minutes <= MINUTES_MAX) || everySeconds < 1) {
            throw CommandFailedException.usage(
                    "--minutes is above 0 and at most " + MINUTES_MAX + ", --every at least 1");
        }
        DrillOptions options = new DrillOptions(
                new LocalPlan("drill", nodes, place.port(), place.httpPort()),
                place.directory(),
                Duration.ofMillis((long) (minutes * 60_000)),
                chosenSeed(),
                Duration.ofSeconds(everySeconds),
                kinds(),
                session.json());
        return new Drill(options, session.terminal()).run();
    }

    private void refuse(List<String> options, String whose) {
        for (String option : options) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw CommandFailedException.usage(option + " is an option " + whose);
            }
        }
    }

    private long chosenSeed() {
        return seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
    }

    /** None if none was named. */
    private List<FaultKind> kinds() {
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
