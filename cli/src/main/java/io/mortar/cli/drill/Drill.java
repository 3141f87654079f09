package io.mortar.cli.drill;

import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.local.LocalDirectory;
import io.mortar.cli.local.LocalPlan;
import io.mortar.cli.local.LocalRun;
import io.mortar.cli.terminal.Terminal;
import java.io.IOException;
import java.util.List;

/** {@code mortar drill --local}: a pool of this machine's own, a volume with two copies, a load, faults, and the account of it. */
public final class Drill {
    private final DrillOptions options;
    private final Terminal terminal;

    public Drill(DrillOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    /** OK, DEGRADED if some promise but that of the data was not kept, FAILED if acknowledged bytes are lost or wrong. */
    public ExitCode run() {
        LocalWires.Choice choice = LocalWires.choose(options);
        LocalPlan plan = options.plan().on(choice.network());
        return LocalRun.of(plan, options.directory(), DrillOptions.ROOM_BYTES, false, this::tell, (pool, directory) -> {
            directory.remember(LocalWires.NETWORK, choice.network().name());
            LocalDrill drill = new LocalDrill(options, plan, pool, directory, this::tell);
            return drill(drill, directory, choice.skipped()).verdict().exit();
        });
    }

    private DrillReport drill(LocalDrill drill, LocalDirectory directory, List<String> skipped)
            throws InterruptedException {
        try {
            tell("Mortar drill: " + options.plan().nodeCount()
                    + " nodes on this machine, a volume with two copies, faults for "
                    + options.length().toSeconds() + " s, seed " + options.seed() + ". Everything is in "
                    + directory.path() + ".");
            drill.startNodes();
            drill.createVolume();
            tell("");
            DrillReport report = drill.run(skipped);
            tell("");
            DrillText.lines(report).forEach(this::tell);
            if (options.json()) {
                terminal.result(DrillText.json(report));
            }
            return report;
        } catch (IOException e) {
            throw CommandFailedException.failed("the drill cannot go on: " + e);
        }
    }

    private void tell(String line) {
        if (!options.json()) {
            terminal.result(line);
        }
    }
}
