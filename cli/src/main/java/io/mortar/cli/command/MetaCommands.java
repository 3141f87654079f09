package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.UrlPath;
import io.mortar.cli.terminal.Table;
import io.mortar.core.pool.NodeName;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mortar meta}: who keeps the pool's metadata. */
final class MetaCommands {
    private MetaCommands() {}

    @Command(
            name = "meta",
            header = "Show and steer the replicas of the pool's metadata.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  mortar meta status",
                "  mortar meta transfer bt2",
                "  mortar meta recover --unsafe --data-dir /var/lib/mortar"
            })
    static final class Group {}

    @Command(
            name = "status",
            header = "Show who leads, who votes and how far everybody is; exit code 3 if something is amiss.",
            description = {
                "The node that leads knows how far the others are; without one, the asked node tells what it knows itself.",
                "LAG is in entries of the leader's log; SEEN is how long ago a member last answered the leader."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  mortar meta status", "  mortar --node bt2 meta status --json"})
    static final class Status implements Callable<Integer> {
        private final Session session;

        Status(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            JsonNode meta = session.node().get("ask how the pool's metadata is kept", UrlPath.ofApi("meta"));
            if (session.json()) {
                session.printJson(meta);
            } else {
                print(session, meta);
            }
            return isHealthy(meta) ? ExitCode.OK.value() : ExitCode.DEGRADED.value();
        }

        private static boolean isHealthy(JsonNode meta) {
            boolean healthy = meta.path("leader").isTextual();
            for (JsonNode member : meta.path("members")) {
                healthy &= member.path("leader").asBoolean() || isSeen(member);
            }
            return healthy;
        }
    }

    @Command(
            name = "transfer",
            header = "Hand leadership over to another voter, such as before maintenance.",
            description = "Takes less than a second; requests wait meanwhile.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar meta transfer", "  mortar meta transfer bt2"})
    static final class Transfer implements Callable<Integer> {
        private final Session session;

        @Parameters(
                paramLabel = "NODE",
                arity = "0..1",
                description = "Who is to lead. Default: the voter that has most of the log.")
        private @Nullable String to;

        Transfer(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            if (to != null && !NodeName.isValid(to)) {
                throw CommandFailedException.usage("'" + to + "' is not the name of a node, such as bt2");
            }
            ObjectNode body = Session.JSON.createObjectNode();
            body.put("to", to);
            session.node().post("hand leadership over", UrlPath.ofApi("meta", "transfer"), body);
            if (!session.json()) {
                session.terminal().result("Leadership was handed over: see 'mortar meta status'.");
            }
            return ExitCode.OK.value();
        }
    }

    /** Its silence is known and short: heartbeats come several times a second. */
    private static boolean isSeen(JsonNode member) {
        return member.path("silentMillis").isNumber()
                && member.path("silentMillis").asLong() < 5_000;
    }

    private static void print(Session session, JsonNode meta) {
        session.terminal().result("Journal: " + meta.path("journal").asText());
        session.terminal()
                .result("Leader:  "
                        + meta.path("leader")
                                .asText("none known to " + meta.path("node").asText("this node")));
        JsonNode log = meta.path("log");
        if (log.isObject()) {
            session.terminal().result("Term:    " + meta.path("term").asText());
            session.terminal()
                    .result("Log:     entries " + log.path("first").asText() + " to "
                            + log.path("last").asText() + ", committed "
                            + log.path("committed").asText() + ", applied "
                            + log.path("applied").asText());
            session.terminal()
                    .result("Copy:    "
                            + (log.path("snapshot").isNumber()
                                    ? "received at entry "
                                            + log.path("snapshot").asText()
                                    : "none received since the start")
                            + " by " + meta.path("node").asText());
        }
        if (!meta.path("members").isEmpty()) {
            members(meta.path("members")).printTo(session.terminal());
            warnOfOneVoter(session, meta.path("members"));
        }
    }

    /** Two nodes look like one more than is needed, and are not. */
    private static void warnOfOneVoter(Session session, JsonNode members) {
        JsonNode voter = only(members, "voter");
        JsonNode learner = only(members, "learner");
        if (members.size() == 2 && voter != null && learner != null) {
            session.terminal()
                    .result(name(learner) + " has only a copy to recover from: the pool stops when " + name(voter)
                            + " is lost, and goes on after 'mortar meta recover --unsafe' on " + name(learner)
                            + ". A third node makes all three vote, and any one of them may be lost.");
        }
    }

    private static @Nullable JsonNode only(JsonNode members, String role) {
        JsonNode found = null;
        for (JsonNode member : members) {
            if (member.path("role").asText().equals(role)) {
                found = member;
            }
        }
        return found;
    }

    private static String name(JsonNode member) {
        return member.path("node").asText(member.path("id").asText());
    }

    private static Table members(JsonNode members) {
        Table table = new Table("NODE", "ROLE", "ADDRESS", ">MATCH", ">LAG", ">SEEN");
        for (JsonNode member : members) {
            boolean leads = member.path("leader").asBoolean();
            table.row(
                    name(member),
                    leads ? "leader" : member.path("role").asText(),
                    member.path("address").asText(),
                    member.path("match").asText("?"),
                    member.path("receivesSnapshot").asBoolean()
                            ? "copying"
                            : member.path("lag").asText("?"),
                    leads ? "" : seen(member));
        }
        return table;
    }

    private static String seen(JsonNode member) {
        return member.path("silentMillis").isNumber()
                ? member.path("silentMillis").asText() + " ms ago"
                : "?";
    }
}
