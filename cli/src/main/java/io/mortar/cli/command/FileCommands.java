package io.mortar.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.RemoteEntry;
import io.mortar.cli.remote.RemoteFiles;
import io.mortar.cli.remote.RemotePath;
import io.mortar.cli.view.FileText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that change or describe names in volumes and move no content. */
final class FileCommands {
    private FileCommands() {}

    @Command(
            name = "stat",
            header = "Show a file or directory, and on which bricks the stripes of a file are.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar stat bt-vol:/photos/1.jpg", "  mortar stat --json bt-vol:/photos/1.jpg"})
    static final class Stat implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "VOL:/path", arity = "1..*", description = "Files or directories.")
        private List<String> paths = new ArrayList<>();

        Stat(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            RemoteFiles files = session.files();
            for (RemotePath path : remote(paths)) {
                JsonNode found = files.describe(path);
                if (session.json()) {
                    session.printJson(found);
                } else {
                    FileText.stat(found).forEach(session.terminal()::result);
                }
            }
            return ExitCode.OK.value();
        }
    }

    @Command(
            name = "mkdir",
            header = "Make directories.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar mkdir bt-vol:/photos", "  mortar mkdir -p bt-vol:/photos/2026/summer"})
    static final class MakeDirectory implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "VOL:/path", arity = "1..*", description = "Directories to make.")
        private List<String> paths = new ArrayList<>();

        @Option(
                names = {"-p", "--parents"},
                description = "Make missing ones above, and accept one that is there.")
        private boolean parents;

        MakeDirectory(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            RemoteFiles files = session.files();
            remote(paths).forEach(path -> files.makeDirectory(path, parents));
            return ExitCode.OK.value();
        }
    }

    @Command(
            name = "rm",
            header = "Remove files, and with -r directories with all below them.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar rm bt-vol:/photos/1.jpg", "  mortar rm -r --yes bt-vol:/photos"})
    static final class Remove implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "VOL:/path", arity = "1..*", description = "Files or directories.")
        private List<String> paths = new ArrayList<>();

        @Option(
                names = {"-r", "-R", "--recursive"},
                description = "Remove directories with all below them.")
        private boolean recursive;

        @Option(
                names = {"-y", "--yes", "-f"},
                description = "Do not ask.")
        private boolean yes;

        Remove(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            List<RemotePath> targets = remote(paths);
            for (RemotePath target : targets) {
                if (target.path().isRoot()) {
                    throw CommandFailedException.usage(
                            "'" + target + "' is the root of the volume, which cannot be removed;"
                                    + " 'mortar volume delete " + target.volume() + "' deletes the volume");
                }
            }
            String what = targets.size() == 1 ? targets.get(0).toString() : targets.size() + " things";
            session.terminal().confirm("Remove " + what + (recursive ? " and all below" : "") + "?", yes);
            RemoteFiles files = session.files();
            int failureCount = 0;
            for (RemotePath target : targets) {
                try {
                    files.remove(target, recursive);
                } catch (CommandFailedException e) {
                    if (targets.size() == 1 || e.exit() != ExitCode.FAILED) {
                        throw e;
                    }
                    failureCount++;
                    session.terminal().note("mortar: " + e.text());
                }
            }
            return partial(failureCount, targets.size());
        }

        private static int partial(int failureCount, int count) {
            if (failureCount == 0) {
                return ExitCode.OK.value();
            }
            return failureCount == count ? ExitCode.FAILED.value() : ExitCode.INCOMPLETE.value();
        }
    }

    @Command(
            name = "mv",
            header = "Move or rename a file or directory within a volume, in one step.",
            description = "An existing file at the target is replaced, a directory there is moved into.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar mv bt-vol:/a.txt bt-vol:/b.txt", "  mortar mv bt-vol:/2025 bt-vol:/archive/"})
    static final class Move implements Callable<Integer> {
        private final Session session;

        @Parameters(index = "0", paramLabel = "VOL:/from", description = "File or directory to move.")
        private String from = "";

        @Parameters(index = "1", paramLabel = "VOL:/to", description = "New name, or a directory to move into.")
        private String to = "";

        @Option(
                names = {"-n", "--no-clobber"},
                description = "Refuse to replace a file.")
        private boolean keepTarget;

        Move(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            RemotePath source = remote(from);
            RemotePath target = remote(to);
            if (!source.volume().equals(target.volume())) {
                throw CommandFailedException.usage("cannot move from one volume to another: copy with 'mortar cp -r "
                        + source + " " + target + "', then remove " + source);
            }
            if (source.path().isRoot()) {
                throw CommandFailedException.usage("'" + source + "' is the root of the volume, which cannot be moved");
            }
            RemoteFiles files = session.files();
            boolean into = to.endsWith("/")
                    || files.find(target).map(RemoteEntry::directory).orElse(false);
            files.move(source, into ? target.child(source.path().name()) : target, !keepTarget);
            return ExitCode.OK.value();
        }
    }

    static List<RemotePath> remote(List<String> texts) {
        return texts.stream().map(FileCommands::remote).toList();
    }

    static RemotePath remote(String text) {
        try {
            return RemotePath.parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.usage(String.valueOf(e.getMessage()));
        }
    }
}
