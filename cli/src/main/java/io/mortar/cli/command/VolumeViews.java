package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.UrlPath;
import io.mortar.cli.view.DiskFreeText;
import io.mortar.cli.view.ReportText;
import io.mortar.cli.view.VolumeText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mortar volume list|info|status} and {@code df}: everything that only looks at volumes. */
final class VolumeViews {
    private VolumeViews() {}

    @Command(
            name = "list",
            header = "List the volumes.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar volume list", "  mortar list volume --json"})
    static final class ListVolumes implements Callable<Integer> {
        private final Session session;

        ListVolumes(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            JsonNode answer = session.node().get("list the volumes", UrlPath.ofApi("volumes"));
            if (session.json()) {
                session.printJson(answer);
            } else {
                VolumeText.list(answer.path("volumes")).printTo(session.terminal());
                ReportText.partialNote(answer).forEach(session.terminal()::note);
            }
            return ReportText.completeness(answer).value();
        }
    }

    @Command(
            name = "info",
            header = "Show how volumes are made up.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar volume info", "  mortar volume info bt-vol"})
    static final class Info extends OfVolumes {
        Info(Session session) {
            super(session);
        }

        @Override
        void show(List<JsonNode> volumes) {
            for (JsonNode volume : volumes) {
                VolumeText.info(volume).forEach(session.terminal()::result);
            }
        }

        @Override
        ExitCode exit(JsonNode report) {
            ReportText.partialNote(report).forEach(session.terminal()::note);
            return ReportText.completeness(report);
        }
    }

    @Command(
            name = "status",
            header =
                    "Say how volumes and their bricks are: exit code 0 OK, 3 WARN or ERROR, 4 if only the asked node's own view could be had.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar volume status", "  mortar volume status bt-vol"})
    static final class Status extends OfVolumes {
        Status(Session session) {
            super(session);
        }

        @Override
        void show(List<JsonNode> volumes) {
            for (JsonNode volume : volumes) {
                VolumeText.status(volume).forEach(session.terminal()::result);
            }
        }

        @Override
        void showHead(JsonNode report) {
            ReportText.head(report).forEach(session.terminal()::result);
        }

        @Override
        ExitCode exit(JsonNode report) {
            return ReportText.exit(report);
        }
    }

    @Command(
            name = "df",
            header = "Show the room in the pool's volumes, the way 'df -h' does; with VOL: that of its bricks.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar df", "  mortar df bt-vol:", "  mortar df --bytes"})
    static final class DiskFree implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "VOL:", arity = "0..1", description = "A volume; default: all of them.")
        private @Nullable String volume;

        @Option(
                names = {"-B", "--bytes"},
                description = "Print exact numbers of bytes.")
        private boolean bytes;

        @Option(
                names = {"-h", "--human-readable"},
                description = "Print sizes in powers of 1024; this is the default.")
        private boolean human;

        DiskFree(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            if (volume != null) {
                String name = VolumeCommands.checkedName(volume.replaceFirst(":/?$", ""));
                JsonNode found =
                        session.node().get("look at the volume '" + name + "'", UrlPath.ofApi("volumes", name));
                print(found, DiskFreeText.bricks(found, bytes && !human));
                return ReportText.completeness(found).value();
            }
            JsonNode all = session.node().get("list the volumes", UrlPath.ofApi("volumes"));
            print(all, DiskFreeText.volumes(all.path("volumes"), bytes && !human));
            return ReportText.completeness(all).value();
        }

        private void print(JsonNode json, List<String> lines) {
            if (session.json()) {
                session.printJson(json);
            } else {
                lines.forEach(session.terminal()::result);
                ReportText.partialNote(json).forEach(session.terminal()::note);
            }
        }
    }

    /** A command about one volume or all of them. */
    abstract static class OfVolumes implements Callable<Integer> {
        final Session session;

        @Parameters(paramLabel = "VOL", arity = "0..1", description = "Name of the volume; default: all volumes.")
        private @Nullable String name;

        OfVolumes(Session session) {
            this.session = session;
        }

        abstract void show(List<JsonNode> volumes);

        /** What is said before all volumes. */
        void showHead(JsonNode report) {}

        abstract ExitCode exit(JsonNode report);

        @Override
        public final Integer call() {
            JsonNode report;
            List<JsonNode> volumes = new ArrayList<>();
            if (name == null) {
                report = session.node().get("list the volumes", UrlPath.ofApi("volumes"));
                report.path("volumes").forEach(volumes::add);
            } else {
                String checked = VolumeCommands.checkedName(name);
                report = session.node().get("look at the volume '" + checked + "'", UrlPath.ofApi("volumes", checked));
                volumes.add(report);
            }
            if (session.json()) {
                session.printJson(report);
            } else {
                if (name == null) {
                    showHead(report);
                }
                show(volumes);
            }
            return exit(report).value();
        }
    }
}
