package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.view.LeavingText;
import io.mortar.core.pool.BrickLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mortar volume remove-brick VOL BRICK... [start|status|stop]}, in GlusterFS's order of words. */
@Command(
        name = "remove-brick",
        header = "Take bricks out of a volume: their files go to the other bricks, then they are given back.",
        customSynopsis = "mortar volume remove-brick VOL NODE:/PATH... [start|status|stop] [--plan] [--yes] [--wait]",
        description = {
            "start (the default): no new file goes to the bricks, what they have is moved in the background; a brick is given",
            "back by itself when provably nothing of the volume is on it. Files can be read and written all the while.",
            "status: how far it is; without bricks, of all that are leaving; exit code 3 while one of them is.",
            "stop: keep the bricks; what was moved already stays where it is."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mortar volume remove-brick bt-vol bt3:/bt3",
            "  mortar volume remove-brick bt-vol bt3:/bt3 status",
            "  mortar volume remove-brick bt-vol bt3:/bt3 stop"
        })
final class RemoveBrickCommand implements Callable<Integer> {
    private static final Set<String> VERBS = Set.of("start", "status", "stop");

    private final Session session;

    @Parameters(paramLabel = "WORD", arity = "1..*", hidden = true)
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--plan", description = "Only show what it would take; exit code 1 if it is not possible.")
    private boolean plan;

    @Option(names = "--wait", description = "Return when the bricks are out of the volume.")
    private boolean wait;

    RemoveBrickCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String volume = VolumeCommands.checkedName(words.get(0));
        List<String> rest = new ArrayList<>(words.subList(1, words.size()));
        String last = rest.isEmpty() ? "" : rest.get(rest.size() - 1);
        String verb = VERBS.contains(last) ? rest.remove(rest.size() - 1) : "start";
        List<BrickLocation> bricks = BrickCommands.checkedBricks(rest);
        if (bricks.isEmpty() && !verb.equals("status")) {
            throw CommandFailedException.usage("the bricks are missing: name at least one as NODE:/absolute/path");
        }
        return switch (verb) {
            case "start" -> start(volume, bricks);
            case "stop" -> stop(volume, bricks);
            default -> status(volume, bricks);
        };
    }

    private Integer start(String volume, List<BrickLocation> bricks) {
        String named = BrickCommands.named(bricks);
        if (plan) {
            return BrickCommands.showPlan(
                    session,
                    session.node()
                            .post(
                                    "plan the removal of bricks of the volume '" + volume + "'",
                                    BrickCommands.bricksPath(volume, "remove") + "?plan=true",
                                    BrickCommands.bricksJson(bricks)));
        }
        session.terminal()
                .confirm(
                        "Take " + named + " out of the volume '" + volume
                                + "'? What is there goes to the other bricks, and it is emptied.",
                        yes);
        JsonNode described = session.node()
                .post(
                        "remove bricks of the volume '" + volume + "'",
                        BrickCommands.bricksPath(volume, "remove"),
                        BrickCommands.bricksJson(bricks));
        if (wait) {
            return report(
                    new LeavingBricks(session, volume).await(bricks),
                    named + " is out of the volume '" + volume + "'.");
        }
        return report(
                described,
                named + " is leaving the volume '" + volume + "'. See how far it is: mortar volume remove-brick "
                        + volume + " status");
    }

    private Integer stop(String volume, List<BrickLocation> bricks) {
        JsonNode described = session.node()
                .post(
                        "keep bricks of the volume '" + volume + "'",
                        BrickCommands.bricksPath(volume, "remove", "stop"),
                        BrickCommands.bricksJson(bricks));
        return report(described, BrickCommands.named(bricks) + " stays in the volume '" + volume + "'.");
    }

    private Integer status(String volume, List<BrickLocation> bricks) {
        JsonNode described = new LeavingBricks(session, volume).describe();
        ArrayNode shown = Session.JSON.createArrayNode();
        for (JsonNode brick : described.path("bricks")) {
            boolean isMeant = bricks.isEmpty()
                    ? LeavingBricks.isLeaving(brick)
                    : bricks.stream()
                            .anyMatch(
                                    b -> b.toString().equals(brick.path("brick").asText()));
            if (isMeant) {
                shown.add(brick);
            }
        }
        List<String> gone = bricks.stream()
                .filter(brick -> LeavingBricks.find(described, brick).isEmpty())
                .map(BrickLocation::toString)
                .toList();
        if (session.json()) {
            ObjectNode json = Session.JSON.createObjectNode();
            json.put("volume", volume).set("bricks", shown);
            ArrayNode out = json.putArray("gone");
            gone.forEach(out::add);
            session.printJson(json);
        } else {
            LeavingText.status(volume, shown, gone).forEach(session.terminal()::result);
        }
        for (JsonNode brick : shown) {
            if (LeavingBricks.isLeaving(brick)) {
                return ExitCode.DEGRADED.value();
            }
        }
        return ExitCode.OK.value();
    }

    private Integer report(JsonNode volume, String text) {
        if (session.json()) {
            session.printJson(volume);
        } else {
            session.terminal().result(text);
        }
        return ExitCode.OK.value();
    }
}
