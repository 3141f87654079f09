package io.mortar.cli.command;

import io.mortar.cli.demo.Demo;
import io.mortar.cli.demo.DemoOptions;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.terminal.ByteSize;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    private final Session session;

    @Option(names = "--keep", description = "Leave the pool running in the foreground until Ctrl-C or SIGTERM.")
    private boolean keep;

    @Mixin
    private final LocalOptions place = new LocalOptions();

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
        place.check();
        long sizeBytes;
        try {
            sizeBytes = ByteSize.parse(size);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.usage("--size " + e.getMessage());
        }
        DemoOptions options =
                new DemoOptions(place.directory(), keep, session.json(), place.port(), place.httpPort(), sizeBytes);
        return new Demo(options, session.terminal()).run().value();
    }
}
