package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.UrlPath;
import io.mortar.cli.view.VolumeText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mortar volume heal}. */
final class HealCommands {
    private HealCommands() {}

    @Command(
            name = "heal",
            header = "Show how far the bricks of a volume with copies are healed; exit code 3 if something is left.",
            description = {
                "Healing begins by itself: what a brick missed while it was down, and chunks that were found damaged,",
                "are copied to it in the background."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  mortar volume heal bt-vol status", "  mortar heal volume bt-vol"})
    static final class Heal implements Callable<Integer> {
        private final Session session;

        @Parameters(index = "0", paramLabel = "VOL", description = "Name of the volume.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "status", arity = "0..1", description = "What to do; default: status.")
        private String verb = "status";

        Heal(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            if (!verb.equals("status")) {
                throw CommandFailedException.usage("'" + verb
                        + "' cannot be done with healing: it goes on by itself; 'status' shows how far it is");
            }
            String volume = VolumeCommands.checkedName(name);
            JsonNode healing = session.node()
                    .get(
                            "look at the healing of the volume '" + volume + "'",
                            UrlPath.ofApi("volumes", volume, "heal"));
            if (session.json()) {
                session.printJson(healing);
            } else {
                VolumeText.healing(healing).forEach(session.terminal()::result);
            }
            return (healing.path("filesLeft").asLong() == 0 ? ExitCode.OK : ExitCode.DEGRADED).value();
        }
    }
}
