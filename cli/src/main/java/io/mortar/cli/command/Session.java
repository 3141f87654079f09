package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.RemoteFiles;
import io.mortar.cli.terminal.Terminal;

/** What the commands of one invocation share. */
final class Session {
    static final ObjectMapper JSON = new ObjectMapper();

    private final Terminal terminal;
    private final GlobalOptions options = new GlobalOptions();

    Session(Terminal terminal) {
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }

    GlobalOptions options() {
        return options;
    }

    boolean json() {
        return options.json();
    }

    NodeClient node() {
        return new NodeClient(options.node(), options.timeout());
    }

    RemoteFiles files() {
        return new RemoteFiles(node());
    }

    void printJson(JsonNode json) {
        terminal.result(json.toString());
    }
}
