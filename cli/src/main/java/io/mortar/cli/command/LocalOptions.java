package io.mortar.cli.command;

import io.mortar.cli.failure.CommandFailedException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a pool of this machine's own keeps its data and listens; for commands that start one. */
final class LocalOptions {
    private static final int PORT_MAX = 65_535;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Keep data and logs in this directory, new, empty or of an earlier run. Default: a temporary one.")
    private @Nullable Path directory;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "2551",
            description = "Port between the nodes. Default: 2551.")
    private int port;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "HTTP port. Default: 8080.")
    private int httpPort;

    /** Null for a temporary one. */
    @Nullable
    Path directory() {
        return directory;
    }

    int port() {
        return port;
    }

    int httpPort() {
        return httpPort;
    }

    /** Refuses ports that no pool can have. */
    void check() {
        if (port < 1 || port > PORT_MAX || httpPort < 1 || httpPort > PORT_MAX || port == httpPort) {
            throw CommandFailedException.usage(
                    "--port and --http-port are two different numbers from 1 to " + PORT_MAX);
        }
    }
}
