package io.mortar.cli.command;

import io.mortar.cli.demo.Demo;
import io.mortar.cli.demo.DemoOptions;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.terminal.ByteSize;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mortar demo}. */
@Command(
        name = "demo",
        header = "Show what Mortar does: three nodes on this machine, a striped volume, an upload and a download.",
        description = {
            "The nodes listen on 127.0.0.1, 127.0.0.2 and 127.0.0.3, on the same two ports. At the end they are stopped and",
            "everything they wrote is removed, unless --keep or --dir say otherwise.",
            "With --json: one line {\"urls\":[...],\"volume\":\"bt-vol\",\"key\":null,\"pids\":[...],\"dir\":\"...\"} when the file was",
            "uploaded and compared, and nothing else on standard output."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mortar demo",
            "  mortar demo --keep                     leave the pool running until Ctrl-C",
            "  mortar demo --keep --dir ~/mortar-demo  keep the data too: the next run finds it again",
            "  mortar demo --port 3551 --http-port 9080"
        })
final class DemoCommand implements Callable<Integer> {
    private static final int PORT_MAX = 65_535;

    private final Session session;

    @Option(names = "--keep", description = "Leave the pool running in the foreground until Ctrl-C or SIGTERM.")
    private boolean keep;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Keep the data in this directory, new, empty or of an earlier demo. Default: a temporary one.")
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

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            defaultValue = "96MiB",
            description = "Size of the uploaded file. Default: 96MiB.")
    private String size = "";

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (port < 1 || port > PORT_MAX || httpPort < 1 || httpPort > PORT_MAX || port == httpPort) {
            throw CommandFailedException.usage(
                    "--port and --http-port are two different numbers from 1 to " + PORT_MAX);
        }
        long sizeBytes;
        try {
            sizeBytes = ByteSize.parse(size);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.usage("--size " + e.getMessage());
        }
        DemoOptions options = new DemoOptions(directory, keep, session.json(), port, httpPort, sizeBytes);
        return new Demo(options, session.terminal()).run().value();
    }
}
