package io.mortar.cli.drill.guided;

import io.mortar.cli.drill.load.Pace;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.remote.Content;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.RemoteFiles;
import io.mortar.cli.remote.RemotePath;
import io.mortar.core.path.VolumePath;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The directory of one drill in the user's volume, the only place that it writes to: {@code .mortar-drill-} and the time. A file in it is written anew
 * again and again while the drill runs, so that another one can tell a directory that is in use from one that was left behind.
 */
final class DrillDirectory {
    private static final String SIGN = "sign-of-life";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String NAME = "\\.mortar-drill-\\d{8}T\\d{6}Z";
    private static final Duration SIGN_INTERVAL = Duration.ofSeconds(15);
    private static final Duration REMOVAL_MAX = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 250;

    private final List<RemoteFiles> nodes;
    private final RemotePath path;
    private final Pace pace;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DrillDirectory(List<RemoteFiles> nodes, RemotePath path, Pace pace) {
        this.nodes = nodes;
        this.path = path;
        this.pace = pace;
    }

    /**
     * Makes one, and keeps it marked as in use until it is removed.
     *
     * @param now its name
     * @param pace of removals
     */
    static DrillDirectory make(List<NodeClient> nodes, String volume, Instant now, Pace pace) {
        DrillDirectory made = new DrillDirectory(
                files(nodes), RemotePath.parse(volume + ":/.mortar-drill-" + TIME.format(now)), pace);
        made.nodes.get(0).makeDirectory(made.path, false);
        made.nodes.get(0).write(made.path.child(SIGN), sign());
        Thread marker = new Thread(made::mark, "drill-sign-of-life");
        marker.setDaemon(true);
        marker.start();
        return made;
    }

    RemotePath path() {
        return path;
    }

    /**
     * Removes it with all in it. Requests that were on their way when the load was stopped may make it again, so it is looked for once more.
     *
     * @return what stood in the way; empty if it is gone
     */
    String remove() {
        synchronized (this) {
            closed.set(true);
        }
        return remove(path);
    }

    /**
     * Removes the directories of other drills that nobody uses any more.
     *
     * @param unused since when a drill gave no sign of life, at least, by the clock of the pool
     * @return a line for each: removed, or why not
     */
    List<String> removeOthers(Duration unused) {
        RemotePath root = new RemotePath(path.volume(), VolumePath.ROOT);
        List<RemotePath> others = new ArrayList<>();
        nodes.get(0).list(root, entry -> {
            if (entry.directory() && entry.name().matches(NAME) && !path.equals(root.child(entry.name()))) {
                others.add(root.child(entry.name()));
            }
        });
        List<String> lines = new ArrayList<>();
        Instant now = lastSign(path).orElse(Instant.EPOCH);
        for (RemotePath other : others) {
            Optional<Instant> sign = lastSign(other);
            if (sign.isPresent() && sign.get().plus(unused).isAfter(now)) {
                lines.add(other + " is in use, or was a moment ago: left as it is");
                continue;
            }
            String left = remove(other);
            lines.add(other
                    + (left.isEmpty() ? " was left behind by an earlier drill: removed" : " is not removed: " + left));
        }
        return lines;
    }

    /** By the clock of the pool, which dates its files: this machine's may be another one. Empty if the directory is gone. */
    private Optional<Instant> lastSign(RemotePath directory) {
        RemoteFiles node = nodes.get(0);
        return node.find(directory.child(SIGN))
                .or(() -> node.find(directory))
                .map(entry -> Instant.parse(entry.modified()));
    }

    private String remove(RemotePath doomed) {
        long deadline = pace.nanos() + REMOVAL_MAX.toNanos();
        String left = "";
        boolean gone = false;
        for (int i = 0; pace.nanos() < deadline; i++) {
            RemoteFiles node = nodes.get(i % nodes.size());
            try {
                if (node.find(doomed).isEmpty()) {
                    if (gone) {
                        return "";
                    }
                    gone = true;
                } else {
                    gone = false;
                    node.remove(doomed, true);
                }
            } catch (CommandFailedException e) {
                left = e.text();
            }
            if (!paused()) {
                return "interrupted";
            }
        }
        return left.isEmpty() ? "it comes back again and again" : left;
    }

    private void mark() {
        for (int i = 0; !closed.get(); i++) {
            try {
                Pace.REAL.pause(SIGN_INTERVAL.toMillis());
                giveSign(nodes.get(i % nodes.size()));
            } catch (CommandFailedException e) {
                // The next node is tried the next time; many are missed before anybody takes the directory for left
                // behind.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Never again once the directory is being removed: that would make it anew. */
    private synchronized void giveSign(RemoteFiles node) {
        if (!closed.get()) {
            node.write(path.child(SIGN), sign());
        }
    }

    private boolean paused() {
        try {
            pace.pause(LOOK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<RemoteFiles> files(List<NodeClient> nodes) {
        return nodes.stream().map(RemoteFiles::new).toList();
    }

    private static Content sign() {
        byte[] text = "A 'mortar drill' runs, or ran, in this directory.\n".getBytes(StandardCharsets.UTF_8);
        return new Content() {
            @Override
            public long sizeBytes() {
                return text.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(text);
            }
        };
    }
}
