package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.UrlPath;
import io.mortar.cli.view.DiskFreeText;
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
            }
            return ExitCode.OK.value();
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
        Integer show(List<JsonNode> volumes) {
            for (JsonNode volume : volumes) {
                VolumeText.info(volume).forEach(session.terminal()::result);
            }
            return ExitCode.OK.value();
        }
    }

    @Command(
            name = "status",
            header = "Show the bricks of volumes; exit code 3 if one of them is not online.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar volume status", "  mortar volume status bt-vol"})
    static final class Status extends OfVolumes {
        Status(Session session) {
            super(session);
        }

        @Override
        Integer show(List<JsonNode> volumes) {
            for (JsonNode volume : volumes) {
                VolumeText.status(volume).forEach(session.terminal()::result);
            }
            return volumes.stream().allMatch(VolumeText::isHealthy) ? ExitCode.OK.value() : ExitCode.DEGRADED.value();
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
                return ExitCode.OK.value();
            }
            JsonNode all = session.node().get("list the volumes", UrlPath.ofApi("volumes"));
            print(all, DiskFreeText.volumes(all.path("volumes"), bytes && !human));
            return ExitCode.OK.value();
        }

        private void print(JsonNode json, List<String> lines) {
            if (session.json()) {
                session.printJson(json);
            } else {
                lines.forEach(session.terminal()::result);
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

        abstract Integer show(List<JsonNode> volumes);

        @Override
        public final Integer call() {
            List<JsonNode> volumes = new ArrayList<>();
            if (name == null) {
                JsonNode answer = session.node().get("list the volumes", UrlPath.ofApi("volumes"));
                answer.path("volumes").forEach(volumes::add);
            } else {
                String checked = VolumeCommands.checkedName(name);
                volumes.add(
                        session.node().get("look at the volume '" + checked + "'", UrlPath.ofApi("volumes", checked)));
            }
            if (session.json()) {
                session.printJson(asJson(volumes));
                return exitOf(volumes);
            }
            return show(volumes);
        }

        private Integer exitOf(List<JsonNode> volumes) {
            boolean degraded = this instanceof Status && !volumes.stream().allMatch(VolumeText::isHealthy);
            return degraded ? ExitCode.DEGRADED.value() : ExitCode.OK.value();
        }

        private JsonNode asJson(List<JsonNode> volumes) {
            if (name != null) {
                return volumes.get(0);
            }
            ObjectNode json = Session.JSON.createObjectNode();
            ArrayNode array = json.putArray("volumes");
            volumes.forEach(array::add);
            return json;
        }
    }
}
