package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.UrlPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mortar volume set VOL replica N}. */
@Command(
        name = "set",
        header = "Change how many copies of each chunk a volume keeps.",
        description = {
            "New files are written with the new number of copies at once, the others are changed in the background.",
            "There must be bricks on as many machines as copies."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mortar volume set bt-vol replica 2 --plan", "  mortar volume set bt-vol replica 2 --wait"})
final class SetCommand extends VolumeCommands.OfVolume {
    private static final String KIND = "reshape";

    @Parameters(index = "1", paramLabel = "replica", description = "What to change: replica.")
    private String key = "";

    @Parameters(index = "2", paramLabel = "N", description = "Copies of each chunk, from 1 to 5.")
    private int value;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--plan", description = "Only show what it would take; exit code 1 if it is not possible.")
    private boolean plan;

    @Option(names = "--wait", description = "Return when all files have that many copies, like 'mortar job wait'.")
    private boolean wait;

    SetCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        if (!key.equals("replica")) {
            throw CommandFailedException.usage("'" + key + "' of a volume cannot be changed; 'replica' can");
        }
        ObjectNode body = Session.JSON.createObjectNode().put("replica", value);
        String path = UrlPath.ofApi("volumes", name());
        if (plan) {
            return BrickCommands.showPlan(
                    session,
                    session.node().patch("plan a change of the volume '" + name() + "'", path + "?plan=true", body));
        }
        session.terminal().confirm("Keep " + value + " copies of everything in the volume '" + name() + "'?", yes);
        return wait ? changeAndWait(path, body) : change(path, body);
    }

    private Integer change(String path, ObjectNode body) {
        JsonNode volume = session.node().patch("change the volume '" + name() + "'", path, body);
        report(volume, "Volume '" + name() + "' keeps " + value + " copies of new files; the others follow.");
        return ExitCode.OK.value();
    }

    /** The job begins a moment after the change, by itself: it is the first one of its kind that was not there before. */
    private Integer changeAndWait(String path, ObjectNode body) {
        JsonNode before = session.node().get("look at the volume '" + name() + "'", path);
        JobName last = JobCalls.newestOf(new JobCalls(session).list(name()), KIND);
        JsonNode volume = session.node().patch("change the volume '" + name() + "'", path, body);
        boolean changes = before.path("replica").asInt() != value;
        if (!changes && last == null) {
            report(volume, "Volume '" + name() + "' has kept " + value + " copies from the beginning.");
            return ExitCode.OK.value();
        }
        JobWait waiting = new JobWait(session);
        long after = last == null ? 0 : last.id();
        // Asked for again, as after an answer that was lost: what began then is waited for.
        JobName job = waiting.begun(name(), KIND, changes ? after : after - 1);
        return waiting.report(waiting.await(job, null));
    }
}
