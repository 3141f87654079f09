package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.UrlPath;
import io.mortar.cli.view.VolumeText;
import io.mortar.core.volume.VolumeName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mortar volume}: everything that changes volumes. */
final class VolumeCommands {
    private VolumeCommands() {}

    @Command(
            name = "volume",
            header = "Create, start, stop, delete and look at volumes.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  mortar volume create bt-vol stripe 3 bt1:/bt1 bt2:/bt2 bt3:/bt3",
                "  mortar volume start bt-vol",
                "  mortar volume status bt-vol"
            })
    static final class Group {}

    @Command(
            name = "create",
            header = "Create a volume on bricks: directories of nodes, each empty or not there yet.",
            customSynopsis = "mortar volume create NAME [stripe N] [replica N] [stripe-unit SIZE] NODE:/PATH...",
            description = {
                "stripe N: each file is cut into chunks that go to N columns in turn; default: as many as the bricks make.",
                "replica N: each chunk is kept N times, on distinct machines, so that N - 1 of them can be lost; default: 1.",
                "stripe-unit SIZE: bytes per chunk, a power of two from 64KiB to 1MiB; default: 1MiB.",
                "There may be more bricks than stripe x replica; a file then lies on some of them, chosen by free space."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  mortar volume create bt-vol stripe 3 bt1:/bt1 bt2:/bt2 bt3:/bt3",
                "  mortar volume create safe stripe 2 replica 2 bt1:/safe bt2:/safe bt3:/safe bt4:/safe",
                "  mortar create volume scratch stripe 2 stripe-unit 256KiB bt1:/srv/a bt2:/srv/a"
            })
    static final class Create implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "WORD", arity = "1..*", hidden = true)
        private List<String> words = new ArrayList<>();

        Create(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            VolumeRequest request;
            try {
                request = VolumeRequest.parse(words);
            } catch (IllegalArgumentException e) {
                throw CommandFailedException.usage(e.getMessage()
                        + "\nUsage: mortar volume create NAME [stripe N] [replica N] [stripe-unit SIZE] NODE:/PATH...");
            }
            JsonNode volume = session.node()
                    .post("create the volume '" + request.name() + "'", UrlPath.ofApi("volumes"), request.toJson());
            if (session.json()) {
                session.printJson(volume);
            } else {
                VolumeText.created(volume).forEach(session.terminal()::result);
            }
            VolumeText.redundancyWarning(volume).forEach(session.terminal()::note);
            return ExitCode.OK.value();
        }
    }

    @Command(
            name = "start",
            header = "Start a volume: from then on every node serves its files.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar volume start bt-vol"})
    static final class Start extends OfVolume {
        Start(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            JsonNode volume = session.node()
                    .post("start the volume '" + name() + "'", UrlPath.ofApi("volumes", name(), "start"), null);
            report(
                    volume,
                    "Volume '" + name() + "' is started: " + session.options().node() + "/files/" + name() + "/");
            return ExitCode.OK.value();
        }
    }

    @Command(
            name = "stop",
            header = "Stop a volume: its files stay, and are refused until it is started again.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar volume stop bt-vol", "  mortar volume stop bt-vol --yes"})
    static final class Stop extends OfVolume {
        @Option(
                names = {"-y", "--yes"},
                description = "Do not ask.")
        private boolean yes;

        Stop(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            session.terminal()
                    .confirm(
                            "Stop the volume '" + name()
                                    + "'? Its files cannot be read or written until it is started.",
                            yes);
            JsonNode volume = session.node()
                    .post("stop the volume '" + name() + "'", UrlPath.ofApi("volumes", name(), "stop"), null);
            report(volume, "Volume '" + name() + "' is stopped.");
            return ExitCode.OK.value();
        }
    }

    @Command(
            name = "delete",
            header = "Delete a volume that is not started, with all its files.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar volume stop bt-vol --yes && mortar volume delete bt-vol"})
    static final class Delete extends OfVolume {
        @Option(
                names = {"-y", "--yes"},
                description = "Do not ask.")
        private boolean yes;

        Delete(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            session.terminal()
                    .confirm("Delete the volume '" + name() + "' with all its files? This cannot be undone.", yes);
            session.node().delete("delete the volume '" + name() + "'", UrlPath.ofApi("volumes", name()));
            if (!session.json()) {
                session.terminal().result("Volume '" + name() + "' is deleted.");
            }
            return ExitCode.OK.value();
        }
    }

    /** A command about one volume. */
    abstract static class OfVolume implements Callable<Integer> {
        final Session session;

        @Parameters(paramLabel = "VOL", description = "Name of the volume.")
        private String name = "";

        OfVolume(Session session) {
            this.session = session;
        }

        /** The volume's name; a bad one is a usage error, so that it never becomes part of a URL. */
        final String name() {
            return checkedName(name);
        }

        final void report(JsonNode volume, String text) {
            if (session.json()) {
                session.printJson(volume);
            } else {
                session.terminal().result(text);
            }
        }
    }

    static String checkedName(String name) {
        if (!VolumeName.isValid(name)) {
            throw CommandFailedException.usage("'" + name + "' is not the name of a volume, such as bt-vol");
        }
        return name;
    }
}
