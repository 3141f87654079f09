package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.UrlPath;
import io.mortar.cli.terminal.ByteSize;
import io.mortar.cli.view.QuotaText;
import io.mortar.core.path.VolumePath;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mortar volume quota}. */
@Command(
        name = "quota",
        header = "Limit what a volume or a directory of it may hold.",
        description = {
            "Writing beyond a quota is refused with QUOTA_EXCEEDED; what is there stays. A quota counts all files below its",
            "directory, goes where the directory is moved, and ends when that is removed. '/' stands for the whole volume.",
            "'set' sets both limits: one that is not given is none."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mortar volume quota bt-vol list",
            "  mortar volume quota bt-vol set / --bytes 12GiB",
            "  mortar volume quota bt-vol set /photos --bytes 10GiB --entries 100000",
            "  mortar volume quota bt-vol remove /photos"
        })
final class QuotaCommand implements Callable<Integer> {
    private static final List<String> VERBS = List.of("list", "set", "remove");

    private final Session session;

    @Parameters(index = "0", paramLabel = "VOL", description = "Name of the volume.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "VERB",
            arity = "0..1",
            completionCandidates = Verbs.class,
            description = "What to do: list, set or remove; default: list.")
    private String verb = "list";

    @Parameters(
            index = "2",
            paramLabel = "DIRECTORY",
            arity = "0..1",
            description = "For set and remove: a directory of the volume, such as /photos, or / for all of it.")
    private @Nullable String directory;

    @Option(
            names = "--bytes",
            paramLabel = "SIZE",
            description = "For set: the most that the files may have together, such as 10GiB.")
    private @Nullable String bytes;

    @Option(
            names = "--entries",
            paramLabel = "N",
            description = "For set: the most files and directories there may be.")
    private @Nullable Long entries;

    QuotaCommand(Session session) {
        this.session = session;
    }

    /** For completion. */
    static final class Verbs implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return VERBS.iterator();
        }
    }

    @Override
    public Integer call() {
        String volume = VolumeCommands.checkedName(name);
        switch (verb) {
            case "list" -> list(volume);
            case "set" -> set(volume);
            case "remove" -> remove(volume);
            default ->
                throw CommandFailedException.usage(
                        "'" + verb + "' cannot be done with quotas: say one of " + String.join(", ", VERBS));
        }
        return ExitCode.OK.value();
    }

    private void list(String volume) {
        if (directory != null) {
            throw CommandFailedException.usage("'list' lists all quotas of a volume: leave '" + directory + "' out");
        }
        refuseLimits();
        JsonNode quotas = session.node().get("list the quotas of the volume '" + volume + "'", quotasOf(volume));
        if (session.json()) {
            session.printJson(quotas);
        } else if (quotas.path("quotas").isEmpty()) {
            session.terminal()
                    .note("No directory of '" + volume + "' has a quota: set one with 'mortar volume quota " + volume
                            + " set DIRECTORY --bytes SIZE'.");
        } else {
            QuotaText.list(quotas.path("quotas")).forEach(session.terminal()::result);
        }
    }

    private void set(String volume) {
        String path = path();
        if (bytes == null && entries == null) {
            throw CommandFailedException.usage("say how much it may hold: --bytes SIZE, --entries N, or both");
        }
        ObjectNode body = Session.JSON.createObjectNode();
        body.put("limitBytes", bytes == null ? null : Long.valueOf(size(bytes)));
        body.put("limitEntries", entries);
        JsonNode quota = session.node().put("set the quota of '" + path + "'", quotaOf(volume, path), body);
        if (session.json()) {
            session.printJson(quota);
        } else {
            session.terminal().result(QuotaText.set(quota));
        }
    }

    private void remove(String volume) {
        String path = path();
        refuseLimits();
        session.node().delete("remove the quota of '" + path + "'", quotaOf(volume, path));
        if (!session.json()) {
            session.terminal().result("'" + path + "' has no quota any more.");
        }
    }

    private void refuseLimits() {
        if (bytes != null || entries != null) {
            throw CommandFailedException.usage(
                    "--bytes and --entries go with 'set' only: leave them out for '" + verb + "'");
        }
    }

    /** A bad one is a usage error. */
    private String path() {
        if (directory == null) {
            throw CommandFailedException.usage("say which directory, such as /photos, or / for the whole volume");
        }
        try {
            return VolumePath.parse(directory).toString();
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.usage("'" + directory + "' is not a directory of a volume: " + e.getMessage());
        }
    }

    private static long size(String text) {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.usage("--bytes: " + e.getMessage());
        }
    }

    private static String quotasOf(String volume) {
        return UrlPath.ofApi("volumes", volume, "quotas");
    }

    private static String quotaOf(String volume, String path) {
        return quotasOf(volume) + "?path=" + UrlPath.encode(path);
    }
}
