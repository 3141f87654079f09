package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.UrlPath;
import io.mortar.cli.terminal.Table;
import io.mortar.cli.view.ReportText;
import io.mortar.core.pool.NodeName;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mortar pool}: who is in the pool. */
final class PoolCommands {
    private PoolCommands() {}

    @Command(
            name = "pool",
            header = "Show the pool's nodes and forget lost ones.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar pool status", "  mortar pool list --json", "  mortar pool forget bt3"})
    static final class Group {}

    @Command(
            name = "status",
            header =
                    "Say how the pool is: exit code 0 OK, 3 WARN or ERROR, 4 if only the asked node's own view could be had.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar pool status", "  mortar --node bt2 pool status"})
    static final class Status implements Callable<Integer> {
        private final Session session;

        Status(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            JsonNode pool = session.node().get("ask for the pool's status", UrlPath.ofApi("pool"));
            if (session.json()) {
                session.printJson(pool);
            } else {
                print(pool);
            }
            return ReportText.exit(pool).value();
        }

        private void print(JsonNode pool) {
            ReportText.head(pool).forEach(session.terminal()::result);
            JsonNode metadata = pool.path("metadata");
            session.terminal().result("Pool:     " + pool.path("pool").asText("none yet"));
            String away = metadata.path("reachable").asBoolean() ? "" : ", which cannot be reached";
            session.terminal()
                    .result("Metadata: "
                            + (metadata.path("node").isTextual()
                                    ? "on " + metadata.path("node").asText()
                                    : "unknown") + away);
            nodes(pool.path("nodes")).printTo(session.terminal());
            volumes(pool.path("volumes"));
        }

        private void volumes(JsonNode volumes) {
            if (volumes.isEmpty()) {
                return;
            }
            Table table = new Table("VOLUME", "STATE", "VERDICT");
            for (JsonNode volume : volumes) {
                table.row(
                        volume.path("name").asText(),
                        volume.path("state").asText().toLowerCase(Locale.ROOT),
                        volume.path("verdict").asText());
            }
            table.printTo(session.terminal());
            for (JsonNode volume : volumes) {
                ReportText.reasons(volume, volume.path("name").asText() + ": ").forEach(session.terminal()::result);
            }
        }
    }

    @Command(
            name = "list",
            header = "List the pool's nodes.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar pool list", "  mortar pool list --json"})
    static final class ListNodes implements Callable<Integer> {
        private final Session session;

        ListNodes(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            JsonNode answer = session.node().get("list the pool's nodes", UrlPath.ofApi("nodes"));
            if (session.json()) {
                session.printJson(answer);
            } else {
                nodes(answer.path("nodes")).printTo(session.terminal());
            }
            return ExitCode.OK.value();
        }
    }

    @Command(
            name = "forget",
            header = "Free the name of a node that will not come back.",
            description = "Refused while the node can be reached or has bricks.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar pool forget bt3", "  mortar pool forget bt3 --yes"})
    static final class Forget implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "NODE", description = "Name of the node.")
        private String name = "";

        @Option(
                names = {"-y", "--yes"},
                description = "Do not ask.")
        private boolean yes;

        Forget(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            if (!NodeName.isValid(name)) {
                throw CommandFailedException.usage("'" + name + "' is not the name of a node, such as bt3");
            }
            session.terminal()
                    .confirm("Forget the node '" + name + "'? It cannot join again with its present data.", yes);
            session.node().delete("forget the node '" + name + "'", UrlPath.ofApi("nodes", name));
            if (!session.json()) {
                session.terminal().result("Node '" + name + "' is forgotten.");
            }
            return ExitCode.OK.value();
        }
    }

    private static Table nodes(JsonNode nodes) {
        Table table = new Table("NODE", "STATE", "ADDRESS", "HTTP", ">BRICKS", "METADATA");
        for (JsonNode node : nodes) {
            table.row(
                    node.path("name").asText(),
                    node.path("reachable").asBoolean() ? "up" : "unreachable",
                    node.path("address").asText(),
                    node.path("url").asText(),
                    node.path("bricks").asText(),
                    node.path("metadata").asBoolean() ? "yes" : "");
        }
        return table;
    }
}
