package io.mortar.cli.drill.guided;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.drill.DrillReport;
import io.mortar.cli.drill.DrillText;
import io.mortar.cli.drill.HttpFiles;
import io.mortar.cli.drill.LoadedRound;
import io.mortar.cli.drill.PoolHealth;
import io.mortar.cli.drill.load.LoadSettings;
import io.mortar.cli.drill.load.MixedLoad;
import io.mortar.cli.drill.load.Pace;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.RemoteFiles;
import io.mortar.cli.remote.UrlPath;
import io.mortar.cli.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code mortar drill VOL --guided}: a load on a volume of the user's, faults that the user does, and the account of it. */
public final class GuidedDrill {
    private static final Duration ATTEMPT_MAX = Duration.ofSeconds(5);
    /** A drill marks its directory four times a minute, and may miss some while machines are away. */
    private static final Duration UNUSED = Duration.ofMinutes(5);

    private final GuidedOptions options;
    private final NodeClient named;
    private final Terminal terminal;

    /** @param named the node that the command line names */
    public GuidedDrill(GuidedOptions options, NodeClient named, Terminal terminal) {
        this.options = options;
        this.named = named;
        this.terminal = terminal;
    }

    /** Runs the drill; ends as {@link DrillReport.Verdict#exit} has it. */
    public ExitCode run() {
        if (!terminal.isInteractive(Terminal.Stream.IN)) {
            throw CommandFailedException.failed(
                    "a guided drill says what to do to which machine and waits for it, and standard input is not a"
                            + " terminal.\nRun it in one, or say --local for a drill on a pool of its own that needs nobody.");
        }
        OwnPool pool = OwnPool.find(named, options.volume());
        check(pool);
        DrillDirectory directory = DrillDirectory.make(pool.clients(), options.volume(), Instant.now(), Pace.REAL);
        HttpFiles files = new HttpFiles(pool.urls(), directory.path(), ATTEMPT_MAX);
        PoolHealth health = new PoolHealth(pool.urls(), options.volume());
        GuidedRound round =
                new GuidedRound(health::complaint, new TypedAnswers(terminal.bytesIn()), Pace.REAL, this::tell);
        try (MixedLoad load = new MixedLoad(files, Pace.REAL, LoadSettings.of(options.seed()))) {
            return new GuidedRun(directory, load, round::current, this::tell).run(() -> {
                introduce(pool, directory);
                DrillReport report = drill(pool, directory, load, round);
                print(report);
                return report.verdict().exit();
            });
        }
    }

    /**
     * Removes what earlier drills left behind in the volume, and says what. Directories of drills that run are left alone, unless it is forced.
     */
    public ExitCode clean() {
        OwnPool pool = OwnPool.find(named, options.volume());
        DrillDirectory own = DrillDirectory.make(pool.clients(), options.volume(), Instant.now(), Pace.REAL);
        List<String> lines;
        String left;
        try {
            lines = own.removeOthers(options.force() ? Duration.ZERO : UNUSED);
        } finally {
            left = own.remove();
        }
        lines.forEach(terminal::result);
        if (!left.isEmpty()) {
            throw CommandFailedException.incomplete("cannot remove " + own.path() + ": " + left);
        }
        if (lines.isEmpty()) {
            terminal.result("No drill has left anything in '" + options.volume() + "'.");
        }
        return lines.stream().allMatch(line -> line.endsWith("removed")) ? ExitCode.OK : ExitCode.DEGRADED;
    }

    private void check(OwnPool pool) {
        String name = options.volume();
        JsonNode volume = pool.ask("look at the volume '" + name + "'", UrlPath.ofApi("volumes", name));
        if (!volume.path("state").asText().equals("STARTED")) {
            throw CommandFailedException.failed(
                    "the volume '" + name + "' is not started: start it with 'mortar volume start " + name + "'");
        }
        List<String> refusals = Refusals.of(
                pool.ask("ask for the pool's status", UrlPath.ofApi("pool")),
                pool.ask("ask for the voters", UrlPath.ofApi("meta")),
                volume);
        if (refusals.isEmpty()) {
            return;
        }
        if (!options.force()) {
            throw CommandFailedException.failed("no drill on '" + name + "' now:\n  " + String.join("\n  ", refusals)
                    + "\n--force drills all the same.");
        }
        refusals.forEach(refusal -> tell("Forced, although: " + refusal));
    }

    private void introduce(OwnPool pool, DrillDirectory directory) {
        tell("Mortar drill on '" + options.volume() + "', seed " + options.seed() + ". Clients work in "
                + directory.path() + ", and nowhere else; it is removed at the end.");
        tell("You do the faults, and are told which; nothing is done to a machine from here.");
        for (PoolNode node : pool.nodes()) {
            tell("   " + node.name() + "  " + node.host()
                    + (node.url() == null ? "  not reached by HTTP from here: others are asked" : "  " + node.url()));
        }
        directory.removeOthers(UNUSED).forEach(this::tell);
    }

    private DrillReport drill(OwnPool pool, DrillDirectory directory, MixedLoad load, GuidedRound round)
            throws InterruptedException {
        RemoteFiles admin = new RemoteFiles(pool.clients().get(0));
        load.directories().forEach(path -> admin.makeDirectory(directory.path().descendant(path), true));
        StepBook steps = new StepBook(pool, options.volume(), directory.path(), options.seed());
        try {
            return LoadedRound.run(
                    load, () -> round.run(options.faults(), steps::step), round::skipped, options.seed(), this::tell);
        } catch (IOException e) {
            throw CommandFailedException.failed("the drill cannot go on: " + e);
        }
    }

    private void print(DrillReport report) {
        if (options.json()) {
            terminal.result(DrillText.json(report));
            return;
        }
        tell("");
        report.injections().forEach(injection -> tell(DrillText.line(injection)));
        tell("");
        DrillText.lines(report).forEach(this::tell);
    }

    /** With JSON, standard output is for the result alone. */
    private void tell(String line) {
        if (options.json()) {
            terminal.note(line);
        } else {
            terminal.result(line);
        }
    }
}
