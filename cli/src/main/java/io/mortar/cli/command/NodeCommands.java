package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.node.NodeRunner;
import io.mortar.cli.node.ParentWatch;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.UrlPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mortar node}: this machine's part of the pool. */
final class NodeCommands {
    private NodeCommands() {}

    @Command(
            name = "node",
            header = "Start this machine's node, or ask how one is.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar node start --name bt1", "  mortar node status"})
    static final class Group {}

    @Command(
            name = "start",
            header = "Run a node in the foreground until SIGTERM or Ctrl-C.",
            description = {
                "Without options: a pool of one node with its data in ./mortar-data, reachable from this machine only.",
                "Options win over the configuration file, and that over the defaults.",
                "JVM options come from conf/node.jvm of the distribution, then from MORTAR_JAVA_OPTS."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  mortar node start --name bt1 --bind bt1 --http bt1:8080",
                "  mortar node start --name bt2 --bind bt2 --http bt2:8080 --join bt1",
                "  mortar node start --config /etc/mortar/mortar.conf"
            })
    static final class Start implements Callable<Integer> {
        private final Session session;
        private final NodeRunner runner;

        @Option(names = "--config", paramLabel = "FILE", description = "Configuration file (HOCON).")
        private @Nullable Path config;

        @Option(
                names = "--name",
                paramLabel = "NAME",
                description = "Name of this node, such as bt1; bricks are addressed by it.")
        private @Nullable String name;

        @Option(
                names = "--join",
                paramLabel = "HOST[:PORT]",
                description = "A node of the pool to join; may be repeated. Default port: 2551.")
        private List<String> join = new ArrayList<>();

        @Option(
                names = "--data-dir",
                paramLabel = "DIR",
                description = "Where the node keeps its identity and metadata.")
        private @Nullable Path dataDir;

        @Option(
                names = "--bind",
                paramLabel = "HOST[:PORT]",
                description = "Address for the other nodes. Default: 127.0.0.1:2551.")
        private @Nullable String bind;

        @Option(
                names = "--http",
                paramLabel = "HOST[:PORT]",
                description = "Address for users. Default: 127.0.0.1:8080.")
        private @Nullable String http;

        @Option(
                names = "--stop-on-stdin-eof",
                hidden = true,
                description = "Stop when standard input ends: for a parent process that must not leave nodes behind.")
        private boolean stopOnStdinEof;

        Start(Session session, NodeRunner runner) {
            this.session = session;
            this.runner = runner;
        }

        @Override
        public Integer call() {
            NodeConfig node = new NodeConfig();
            try {
                node.set("mortar.name", name);
                node.setAddress("mortar.bind", bind);
                node.setAddress("mortar.http", http);
                node.setDirectory("mortar.data-dir", dataDir);
                node.setList("mortar.join", join);
            } catch (IllegalArgumentException e) {
                throw CommandFailedException.usage(String.valueOf(e.getMessage()));
            }
            com.typesafe.config.Config resolved = node.over(config);
            if (stopOnStdinEof) {
                ParentWatch.start(session.terminal().bytesIn());
            }
            return runner.run(resolved);
        }
    }

    @Command(
            name = "status",
            header = "Ask a node whether it is ready to serve; exit code 3 if it is not.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar node status", "  mortar node status --node bt2"})
    static final class Status implements Callable<Integer> {
        private final Session session;

        Status(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            NodeClient node = session.node();
            String reason = notReadyReason(node);
            JsonNode pool = node.get("ask the node about its pool", UrlPath.ofApi("pool"));
            if (session.json()) {
                ObjectNode json = Session.JSON.createObjectNode();
                json.set("node", pool.path("node"));
                json.set("version", pool.path("version"));
                json.set("pool", pool.path("pool"));
                json.put("ready", reason.isEmpty()).put("reason", reason);
                session.printJson(json);
            } else {
                session.terminal().result("Node:    " + pool.path("node").asText() + " at " + node.base());
                session.terminal().result("Version: " + pool.path("version").asText());
                session.terminal().result("Pool:    " + pool.path("pool").asText("none yet"));
                session.terminal().result("State:   " + (reason.isEmpty() ? "ready" : "not ready: " + reason));
            }
            return reason.isEmpty() ? ExitCode.OK.value() : ExitCode.DEGRADED.value();
        }

        private static String notReadyReason(NodeClient node) {
            try {
                node.get("ask whether the node is ready", "/health/ready");
                return "";
            } catch (CommandFailedException e) {
                if (e.code().equals("NOT_READY")) {
                    return e.text();
                }
                throw e;
            }
        }
    }
}
