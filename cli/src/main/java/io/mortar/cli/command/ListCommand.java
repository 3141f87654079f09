package io.mortar.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.RemoteEntry;
import io.mortar.cli.remote.RemoteFiles;
import io.mortar.cli.remote.RemotePath;
import io.mortar.cli.terminal.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mortar ls}. Prints while it reads, so that a directory of any size needs no memory. */
@Command(
        name = "ls",
        header = "List directories.",
        description = "With --json: one line of JSON per entry.",
        footerHeading = "%nExamples:%n",
        footer = {"  mortar ls bt-vol:/photos", "  mortar ls -lh bt-vol:", "  mortar ls -R bt-vol:/ | wc -l"})
final class ListCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "VOL:/path", arity = "1..*", description = "Directories or files.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "-l", description = "Print type, size and time of each entry.")
    private boolean details;

    @Option(
            names = {"-h", "--human-readable"},
            description = "With -l: print sizes in powers of 1024.")
    private boolean human;

    @Option(
            names = {"-R", "--recursive"},
            description = "List what is below, with whole paths.")
    private boolean recursive;

    ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        RemoteFiles files = session.files();
        for (RemotePath path : FileCommands.remote(paths)) {
            RemoteEntry found = files.find(path)
                    .orElseThrow(() -> new CommandFailedException(
                            ExitCode.FAILED,
                            "NOT_FOUND",
                            "cannot list " + path
                                    + ": there is no such file or directory.\nSee what is above it: mortar ls "
                                    + path.volume() + ":"
                                    + (path.path().isRoot() ? "/" : path.path().parent())));
            if (found.directory()) {
                list(files, path, "");
            } else {
                print(path, found, "");
            }
        }
        return ExitCode.OK.value();
    }

    private void list(RemoteFiles files, RemotePath directory, String prefix) {
        files.list(directory, entry -> {
            RemotePath path = directory.child(entry.name());
            print(path, entry, prefix);
            if (recursive && entry.directory()) {
                list(files, path, prefix + entry.name() + "/");
            }
        });
    }

    private void print(RemotePath path, RemoteEntry entry, String prefix) {
        if (session.json()) {
            ObjectNode json = Session.JSON
                    .createObjectNode()
                    .put("path", path.path().toString())
                    .put("name", entry.name())
                    .put("type", entry.directory() ? "directory" : "file")
                    .put("size", entry.sizeBytes())
                    .put("mtime", entry.modified());
            session.printJson(entry.directory() ? json : json.put("etag", entry.etag()));
            return;
        }
        String name = printable(prefix + entry.name()) + (entry.directory() ? "/" : "");
        if (details) {
            String size = human ? ByteSize.human(entry.sizeBytes()) : Long.toString(entry.sizeBytes());
            session.terminal()
                    .result((entry.directory() ? "d" : "-") + " "
                            + " ".repeat(Math.max(0, (human ? 5 : 14) - size.length())) + size + "  " + entry.modified()
                            + "  " + name);
        } else {
            session.terminal().result(name);
        }
    }

    /** Control characters in names must not reach a person's terminal. */
    private String printable(String name) {
        return session.terminal().isInteractive(io.mortar.cli.terminal.Terminal.Stream.OUT)
                ? name.replaceAll("\\p{Cntrl}", "?")
                : name;
    }
}
