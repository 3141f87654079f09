package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.UrlPath;
import io.mortar.cli.view.JobText;
import io.mortar.cli.view.VolumeText;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mortar volume heal}. */
final class HealCommands {
    private static final List<String> VERBS = List.of("status", "pause", "resume");

    private HealCommands() {}

    /** For completion. */
    static final class Verbs implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return VERBS.iterator();
        }
    }

    @Command(
            name = "heal",
            header = "Show how far the bricks of a volume with copies are healed; exit code 3 if something is left.",
            description = {
                "Healing begins by itself: what a brick missed while it was down, and chunks that were found damaged,",
                "are copied to it in the background. 'pause' has it rest, also over restarts, until 'resume'."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  mortar volume heal bt-vol status",
                "  mortar heal volume bt-vol",
                "  mortar volume heal bt-vol pause"
            })
    static final class Heal implements Callable<Integer> {
        private final Session session;

        @Parameters(index = "0", paramLabel = "VOL", description = "Name of the volume.")
        private String name = "";

        @Parameters(
                index = "1",
                paramLabel = "VERB",
                arity = "0..1",
                completionCandidates = Verbs.class,
                description = "What to do: status, pause or resume; default: status.")
        private String verb = "status";

        Heal(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            if (!VERBS.contains(verb)) {
                throw CommandFailedException.usage("'" + verb
                        + "' cannot be done with healing, which goes on by itself: say one of "
                        + String.join(", ", VERBS));
            }
            String volume = VolumeCommands.checkedName(name);
            return verb.equals("status") ? status(volume) : act(volume);
        }

        private Integer act(String volume) {
            JobCalls calls = new JobCalls(session);
            JsonNode job = calls.act(JobName.of(calls.newest(volume, "heal")), verb);
            if (session.json()) {
                session.printJson(job);
            } else {
                session.terminal().result(JobText.changed(job));
            }
            return ExitCode.OK.value();
        }

        private Integer status(String volume) {
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
