package io.mortar.cli.transfer;

import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.failure.ExitCode;
import io.mortar.cli.remote.Content;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.terminal.Progress;
import io.mortar.cli.terminal.Terminal;
import java.util.List;
import java.util.Optional;

/**
 * Copies files and trees the way {@code cp} does: into the target if it is a directory, under its name otherwise. In a tree, a file
 * that cannot be copied is reported and the others go on; when the node is gone, all ends.
 */
public final class Copier {
    private final Terminal terminal;
    private final Progress progress;
    private final boolean recursive;
    private long fileCount;
    private long movedBytes;
    private long failureCount;

    public Copier(Terminal terminal, Progress progress, boolean recursive) {
        this.terminal = terminal;
        this.progress = progress;
        this.recursive = recursive;
    }

    /** @param asDirectory whether the target is meant to be a directory, such as a name that ends in a slash */
    public void copy(List<Place> sources, Place target, boolean asDirectory) {
        Optional<Place.Item> there = target.find();
        boolean into = asDirectory || there.map(Place.Item::directory).orElse(false);
        if (sources.size() > 1 && !into) {
            throw CommandFailedException.failed("cannot copy " + sources.size() + " things to " + target
                    + ": it is not a directory. Write " + target + "/ to make it one.");
        }
        if (asDirectory && there.isPresent() && !there.get().directory()) {
            throw CommandFailedException.failed("cannot copy into " + target + ": it is a file.");
        }
        if (asDirectory && there.isEmpty()) {
            target.makeDirectory();
        }
        for (Place source : sources) {
            Place.Item item = source.find()
                    .orElseThrow(() -> CommandFailedException.failed(
                            "cannot copy " + source + ": there is no such file or directory."));
            copy(source, item, into && !source.name().isEmpty() ? target.child(source.name()) : target);
        }
    }

    /** Copies one content, such as standard input, to {@code target}. */
    public void copy(Content content, String name, Place target) {
        transfer(content, name, target);
    }

    public long fileCount() {
        return fileCount;
    }

    public long movedBytes() {
        return movedBytes;
    }

    public long failureCount() {
        return failureCount;
    }

    private void copy(Place source, Place.Item item, Place target) {
        if (!item.directory()) {
            if (target.isWithin(source)) {
                throw CommandFailedException.failed("cannot copy " + source + ": source and target are the same.");
            }
            transfer(source.read(item), item.name(), target);
            return;
        }
        if (!recursive) {
            throw CommandFailedException.failed(
                    "cannot copy " + source + ": it is a directory. Say -r to copy all below it.");
        }
        if (target.isWithin(source)) {
            throw CommandFailedException.failed("cannot copy " + source + " into itself, to " + target + ".");
        }
        copyTree(source, target);
    }

    private void copyTree(Place source, Place target) {
        target.makeDirectory();
        source.list(item -> {
            try {
                Place from = source.child(item.name());
                Place to = target.child(item.name());
                if (item.directory()) {
                    copyTree(from, to);
                } else {
                    transfer(from.read(item), item.name(), to);
                }
            } catch (CommandFailedException e) {
                if (e.code().equals(NodeClient.UNREACHABLE) || e.exit() == ExitCode.INCOMPLETE) {
                    throw e;
                }
                failureCount++;
                terminal.note("mortar: " + e.text());
            } catch (IllegalArgumentException e) {
                failureCount++;
                terminal.note("mortar: cannot copy " + source + "/" + item.name() + ": " + e.getMessage());
            }
        });
    }

    private void transfer(Content content, String name, Place target) {
        progress.begin(name, content.sizeBytes());
        try {
            CountedContent counted = new CountedContent(content, progress);
            target.write(counted);
            fileCount++;
            movedBytes += counted.movedBytes();
        } finally {
            progress.end();
        }
    }
}
