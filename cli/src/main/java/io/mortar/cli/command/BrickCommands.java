package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.UrlPath;
import io.mortar.cli.view.PlanText;
import io.mortar.core.pool.BrickLocation;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mortar volume add-brick|replace-brick}: what a volume that exists is made of. */
final class BrickCommands {
    private BrickCommands() {}

    @Command(
            name = "add-brick",
            header = "Give a volume more bricks, of any size; new files use them at once.",
            description = {
                "Bricks are directories of nodes, each empty or not there yet. Either all of them are added or none.",
                "Files that are there already stay where they are, until a rebalance. When the command returns, the bricks are used."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  mortar volume add-brick bt-vol bt4:/bt4 --plan",
                "  mortar volume add-brick bt-vol bt4:/bt4",
                "  mortar volume add-brick safe bt5:/safe bt6:/safe"
            })
    static final class Add extends VolumeCommands.OfVolume {
        @Parameters(index = "1..*", paramLabel = "NODE:/PATH", arity = "1..*", description = "The new bricks.")
        private List<String> bricks = new ArrayList<>();

        @Option(
                names = "--plan",
                description = {
                    "Only show the room and balance with them, and what a rebalance would move.",
                    "Fails if they could not be added."
                })
        private boolean plan;

        Add(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            List<BrickLocation> given = checkedBricks(bricks);
            if (plan) {
                return showPlan(
                        session,
                        session.node()
                                .post(
                                        "plan to add bricks to the volume '" + name() + "'",
                                        bricksPath(name()) + "?plan=true",
                                        bricksJson(given)));
            }
            JsonNode volume = session.node()
                    .post("add bricks to the volume '" + name() + "'", bricksPath(name()), bricksJson(given));
            report(volume, "Volume '" + name() + "' has " + named(given) + " now: new files use it at once.");
            return ExitCode.OK.value();
        }
    }

    @Command(
            name = "replace-brick",
            header = "Put a new brick in the place of another, such as a dead or an old one.",
            description = {
                "New files go to the new brick at once; what the old one has, or had, is copied to it in the background. The old",
                "brick is given back by itself when nothing of the volume is on it. Stop it with 'volume remove-brick VOL OLD stop'."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  mortar volume replace-brick safe bt3:/safe bt7:/safe --plan",
                "  mortar volume replace-brick safe bt3:/safe bt7:/safe --wait"
            })
    static final class Replace extends VolumeCommands.OfVolume {
        @Parameters(index = "1", paramLabel = "OLD", description = "The brick to replace, as 'volume info' shows it.")
        private String old = "";

        @Parameters(index = "2", paramLabel = "NEW", description = "The brick that takes its place: NODE:/PATH.")
        private String next = "";

        @Option(
                names = {"-y", "--yes"},
                description = "Do not ask.")
        private boolean yes;

        @Option(names = "--plan", description = "Only show what it would take; exit code 1 if it is not possible.")
        private boolean plan;

        @Option(names = "--wait", description = "Return when the old brick is out of the volume.")
        private boolean wait;

        Replace(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            List<BrickLocation> both = checkedBricks(List.of(old, next));
            ObjectNode body = Session.JSON.createObjectNode();
            body.put("brick", both.get(0).toString()).put("with", both.get(1).toString());
            if (plan) {
                return showPlan(
                        session,
                        session.node()
                                .post(
                                        "plan to replace a brick of the volume '" + name() + "'",
                                        bricksPath(name(), "replace") + "?plan=true",
                                        body));
            }
            session.terminal()
                    .confirm(
                            "Replace " + both.get(0) + " of the volume '" + name() + "' by " + both.get(1)
                                    + "? Its files are copied, and it is emptied.",
                            yes);
            JsonNode volume = session.node()
                    .post("replace a brick of the volume '" + name() + "'", bricksPath(name(), "replace"), body);
            if (wait) {
                JsonNode last = new LeavingBricks(session, name()).await(both.subList(0, 1));
                report(last, both.get(0) + " is out of the volume '" + name() + "'.");
            } else {
                report(
                        volume,
                        both.get(1) + " takes the place of " + both.get(0)
                                + ". See how far it is: mortar volume remove-brick " + name() + " " + both.get(0)
                                + " status");
            }
            return ExitCode.OK.value();
        }
    }

    static Integer showPlan(Session session, JsonNode plan) {
        if (session.json()) {
            session.printJson(plan);
        } else {
            PlanText.of(plan).forEach(session.terminal()::result);
        }
        return (plan.path("feasible").asBoolean() ? ExitCode.OK : ExitCode.FAILED).value();
    }

    /** The bricks that {@code words} name; a word that is none, or comes twice, is a usage error. */
    static List<BrickLocation> checkedBricks(List<String> words) {
        List<BrickLocation> bricks = new ArrayList<>();
        for (String word : words) {
            BrickLocation brick;
            try {
                brick = BrickLocation.parse(word);
            } catch (IllegalArgumentException e) {
                throw CommandFailedException.usage(String.valueOf(e.getMessage()));
            }
            if (bricks.contains(brick)) {
                throw CommandFailedException.usage("brick " + brick + " is named twice");
            }
            bricks.add(brick);
        }
        return bricks;
    }

    static String bricksPath(String volume, String... verbs) {
        List<String> segments = new ArrayList<>(List.of("volumes", volume, "bricks"));
        segments.addAll(List.of(verbs));
        return UrlPath.ofApi(segments.toArray(String[]::new));
    }

    static ObjectNode bricksJson(List<BrickLocation> bricks) {
        ObjectNode json = Session.JSON.createObjectNode();
        ArrayNode places = json.putArray("bricks");
        bricks.forEach(brick -> places.add(brick.toString()));
        return json;
    }

    static String named(List<BrickLocation> bricks) {
        return String.join(", ", bricks.stream().map(BrickLocation::toString).toList());
    }
}
