package io.mortar.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.RemoteFiles;
import io.mortar.cli.remote.RemotePath;
import io.mortar.cli.terminal.BarProgress;
import io.mortar.cli.terminal.Progress;
import io.mortar.cli.transfer.Copier;
import io.mortar.cli.transfer.LocalPlace;
import io.mortar.cli.transfer.Place;
import io.mortar.cli.transfer.RemotePlace;
import io.mortar.cli.transfer.Streams;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that move content between this machine and volumes. */
final class TransferCommands {
    private TransferCommands() {}

    @Command(
            name = "put",
            header = "Copy files or, with -r, directories from this machine to a volume; '-' is standard input.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  mortar put photo.jpg bt-vol:/photos/",
                "  mortar put -r ~/photos bt-vol:/",
                "  pg_dump db | mortar put - bt-vol:/backup/db.sql"
            })
    static final class Put extends Copying {
        Put(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            if (words.size() < 2) {
                throw CommandFailedException.usage("the target is missing: mortar put FILE... VOL:/path");
            }
            RemotePath target = FileCommands.remote(last());
            RemotePlace place = new RemotePlace(session.files(), target);
            Copier copier = copier();
            if (Streams.isStandard(words.get(0)) && words.size() == 2) {
                if (isDirectoryName(last())) {
                    throw CommandFailedException.usage(
                            "standard input has no name: give one, such as " + target + "/data");
                }
                copier.copy(Streams.input(session.terminal()), target.toString(), place);
            } else {
                copier.copy(allButLast().stream().map(this::local).toList(), place, isDirectoryName(last()));
            }
            return report(copier);
        }
    }

    @Command(
            name = "get",
            header = "Copy files or, with -r, directories from a volume to this machine; '-' is standard output.",
            description =
                    "A file gets its name only when all of it has arrived. Default target: the current directory.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  mortar get bt-vol:/photos/1.jpg",
                "  mortar get -r bt-vol:/photos /srv/copy",
                "  mortar get bt-vol:/backup/db.sql - | psql db"
            })
    static final class Get extends Copying {
        Get(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            boolean withoutTarget = words.size() == 1;
            String target = withoutTarget ? "." : last();
            List<String> sources = withoutTarget ? words : allButLast();
            List<Place> places = sources.stream().map(this::remotePlace).toList();
            if (Streams.isStandard(target)) {
                places.forEach(place -> print(session, place));
                return ExitCode.OK.value();
            }
            Copier copier = copier();
            copier.copy(places, local(target), target.endsWith("/"));
            return report(copier);
        }
    }

    @Command(
            name = "cp",
            header = "Copy files or, with -r, directories within and between volumes, and to or from this machine.",
            description = "Names of the form VOL:/path are in volumes; write ./a:/b for a local name with a colon.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar cp bt-vol:/a.txt bt-vol:/b.txt", "  mortar cp -r bt-vol:/photos other:/photos"})
    static final class Copy extends Copying {
        Copy(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            if (words.size() < 2) {
                throw CommandFailedException.usage("the target is missing: mortar cp SOURCE... TARGET");
            }
            if (words.stream().noneMatch(RemotePath::isRemote)) {
                throw CommandFailedException.usage("none of these is in a volume: write VOL:/path");
            }
            Copier copier = copier();
            copier.copy(allButLast().stream().map(this::place).toList(), place(last()), isDirectoryName(last()));
            return report(copier);
        }

        private Place place(String text) {
            return RemotePath.isRemote(text) ? remotePlace(text) : local(text);
        }
    }

    @Command(
            name = "cat",
            header = "Print files of a volume to standard output.",
            footerHeading = "%nExamples:%n",
            footer = {"  mortar cat bt-vol:/notes.txt", "  mortar cat bt-vol:/a bt-vol:/b > both"})
    static final class Cat implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "VOL:/path", arity = "1..*", description = "Files.")
        private List<String> paths = new ArrayList<>();

        Cat(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            RemoteFiles files = session.files();
            for (RemotePath path : FileCommands.remote(paths)) {
                print(session, new RemotePlace(files, path));
            }
            return ExitCode.OK.value();
        }
    }

    private static void print(Session session, Place place) {
        Place.Item item = place.find()
                .orElseThrow(() -> CommandFailedException.failed("cannot read " + place + ": there is no such file."));
        if (item.directory()) {
            throw CommandFailedException.failed(
                    "cannot read " + place + ": it is a directory. See 'mortar ls " + place + "'.");
        }
        Streams.print(session.terminal(), place, place.read(item));
    }

    /** {@code true} for {@code VOL:}, {@code VOL:/} and every name that ends in a slash. */
    private static boolean isDirectoryName(String text) {
        return text.endsWith("/") || text.endsWith(":");
    }

    /** A command with sources and a target. */
    abstract static class Copying implements Callable<Integer> {
        final Session session;

        @Parameters(paramLabel = "NAME", arity = "1..*", description = "Sources, then the target.")
        List<String> words = new ArrayList<>();

        @Option(
                names = {"-r", "-R", "--recursive"},
                description = "Copy directories with all below them.")
        private boolean recursive;

        @Option(
                names = {"-q", "--quiet"},
                description = "Show no progress.")
        private boolean quiet;

        private RemoteFiles files() {
            return session.files();
        }

        Copying(Session session) {
            this.session = session;
        }

        final String last() {
            return words.get(words.size() - 1);
        }

        final List<String> allButLast() {
            return words.subList(0, words.size() - 1);
        }

        final Copier copier() {
            Progress progress = BarProgress.of(session.terminal(), quiet || session.json());
            return new Copier(session.terminal(), progress, recursive);
        }

        final Place remotePlace(String text) {
            return new RemotePlace(files(), FileCommands.remote(text));
        }

        final Place local(String text) {
            try {
                return new LocalPlace(Path.of(text));
            } catch (InvalidPathException e) {
                throw CommandFailedException.usage("'" + text + "' is not a file name: " + e.getReason());
            }
        }

        /** Says what was copied; exit code 4 if a part of it was not. */
        final Integer report(Copier copier) {
            if (session.json()) {
                ObjectNode json = Session.JSON
                        .createObjectNode()
                        .put("files", copier.fileCount())
                        .put("bytes", copier.movedBytes())
                        .put("failed", copier.failureCount());
                session.printJson(json);
            }
            if (copier.failureCount() > 0) {
                session.terminal()
                        .note("mortar: copied " + copier.fileCount() + " files; " + copier.failureCount()
                                + " were not copied, as said above.");
                return ExitCode.INCOMPLETE.value();
            }
            return ExitCode.OK.value();
        }
    }
}
