package io.mortar.cli.drill;

import io.mortar.cli.drill.fault.CorruptFault;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.RemoteFiles;
import io.mortar.cli.remote.RemotePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads whatever is in some directories through a node, which prefers its own brick: chunks that are damaged there are found, and healed. What
 * was read is not compared, others do that; a file that goes away meanwhile is left out.
 */
public final class HttpSweep implements CorruptFault.Sweep {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private final List<URI> nodes;
    private final List<RemotePath> directories;

    public HttpSweep(List<URI> nodes, List<RemotePath> directories) {
        this.nodes = List.copyOf(nodes);
        this.directories = List.copyOf(directories);
    }

    @Override
    public void readAll(int node) {
        RemoteFiles files = new RemoteFiles(new NodeClient(nodes.get(node), ANSWER_MAX));
        for (RemotePath directory : directories) {
            List<String> names = new ArrayList<>();
            try {
                files.list(directory, entry -> names.add(entry.name()));
            } catch (CommandFailedException e) {
                continue;
            }
            for (String name : names) {
                read(files, directory.child(name));
            }
        }
    }

    /** The load asks for the same files, and tells when one cannot be read. */
    private static void read(RemoteFiles files, RemotePath path) {
        try (InputStream in = files.open(path, "")) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | CommandFailedException e) {
            return;
        }
    }
}
