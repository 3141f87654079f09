package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.UrlPath;
import io.mortar.cli.terminal.Table;
import io.mortar.core.pool.NodeName;
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
            header = "Show the pool and its nodes; exit code 3 if one of them cannot be reached.",
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
            return isHealthy(pool) ? ExitCode.OK.value() : ExitCode.DEGRADED.value();
        }

        private void print(JsonNode pool) {
            JsonNode metadata = pool.path("metadata");
            session.terminal().result("Pool:     " + pool.path("pool").asText("none yet"));
            String away = metadata.path("reachable").asBoolean() ? "" : ", which cannot be reached";
            session.terminal()
                    .result("Metadata: "
                            + (metadata.path("node").isTextual()
                                    ? "on " + metadata.path("node").asText()
                                    : "unknown") + away);
            nodes(pool.path("nodes")).printTo(session.terminal());
        }

        private static boolean isHealthy(JsonNode pool) {
            boolean healthy = pool.path("metadata").path("reachable").asBoolean();
            for (JsonNode node : pool.path("nodes")) {
                healthy &= node.path("reachable").asBoolean();
            }
            return healthy;
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
