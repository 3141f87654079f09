package io.mortar.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The files of all volumes, through one node. */
public final class RemoteFiles {
    private static final int PAGE_ENTRIES = 1000;

    private final NodeClient node;

    public RemoteFiles(NodeClient node) {
        this.node = node;
    }

    /** Everything the node says about a file or directory, where its chunks are included. */
    public JsonNode describe(RemotePath path) {
        return node.get(
                "look at " + path,
                UrlPath.ofApi("volumes", path.volume().value(), "stat") + "?path="
                        + UrlPath.encode(path.path().toString()));
    }

    /** The file or directory, or empty when there is none. */
    public Optional<RemoteEntry> find(RemotePath path) {
        JsonNode found;
        try {
            found = describe(path);
        } catch (CommandFailedException e) {
            if (e.code().equals("NOT_FOUND") || e.code().equals("NOT_A_DIRECTORY")) {
                return Optional.empty();
            }
            throw e;
        }
        String name = path.path().isRoot() ? "" : path.path().name();
        return Optional.of(entry(name, found));
    }

    /** Visits all entries of a directory in order of their names, page by page. */
    public void list(RemotePath directory, Consumer<RemoteEntry> visitor) {
        @Nullable String after = "";
        while (after != null) {
            JsonNode page = node.get(
                    "list " + directory,
                    directoryUrl(directory) + "?limit=" + PAGE_ENTRIES + "&after=" + UrlPath.encode(after));
            for (JsonNode entry : page.path("entries")) {
                visitor.accept(entry(entry.path("name").asText(), entry));
            }
            after = page.path("next").textValue();
        }
    }

    /**
     * The content of a file, as long as it is the one with {@code etag}. Reading throws {@link CommandFailedException}, and never ends
     * early, when the connection breaks or nothing arrives for the node's timeout.
     */
    public InputStream open(RemotePath path, String etag) {
        String attempt = "read " + path;
        HttpRequest.Builder request =
                node.request(path.url()).timeout(node.timeout()).GET();
        if (!etag.isEmpty()) {
            request.header("If-Match", etag);
        }
        try {
            HttpResponse<InputStream> response =
                    node.http().send(request.build(), info -> new TimedBody(node.timeout()));
            if (response.statusCode() == 200) {
                return new ReportingStream(response.body(), attempt);
            }
            try (InputStream body = response.body()) {
                throw Problem.read(response.statusCode(), response.headers(), body.readNBytes(64 * 1024))
                        .asFailure(attempt, node.base());
            }
        } catch (IOException e) {
            throw broken(attempt, e);
        } catch (InterruptedException e) {
            throw NodeClient.interrupted(attempt);
        }
    }

    /** Writes a whole file, replacing one that is there; missing directories above it are made. */
    public void write(RemotePath path, Content content) {
        new Upload(node, path, content).run();
    }

    /** Makes a directory; {@code parents} makes missing ones above it and accepts an existing one. */
    public void makeDirectory(RemotePath path, boolean parents) {
        node.exchange(
                "make the directory " + path,
                node.request(path.url() + (parents ? "?parents" : ""))
                        .method("MKCOL", HttpRequest.BodyPublishers.noBody()));
    }

    /** Removes a file, or a directory with all below it when {@code recursive}. */
    public void remove(RemotePath path, boolean recursive) {
        node.delete("remove " + path, path.url() + (recursive ? "?recursive" : ""));
    }

    /** Moves a file or directory within its volume, in one step. */
    public void move(RemotePath from, RemotePath to, boolean overwrite) {
        node.exchange(
                "move " + from + " to " + to,
                node.request(from.url())
                        .header("Destination", node.base() + to.url())
                        .header("Overwrite", overwrite ? "T" : "F")
                        .method("MOVE", HttpRequest.BodyPublishers.noBody()));
    }

    private CommandFailedException broken(String attempt, IOException e) {
        if (e instanceof StalledException) {
            return CommandFailedException.incomplete("cannot " + attempt + ": " + e.getMessage() + " from "
                    + node.base() + ".\nSee 'mortar pool status', or wait longer with --timeout.");
        }
        return node.unreachable(attempt, e);
    }

    private static String directoryUrl(RemotePath directory) {
        String url = directory.url();
        return url.endsWith("/") ? url : url + "/";
    }

    private static RemoteEntry entry(String name, JsonNode json) {
        return new RemoteEntry(
                name,
                json.path("type").asText().equals("directory"),
                json.path("size").asLong(),
                json.path("mtime").asText(""),
                json.path("etag").isTextual() ? json.path("etag").asText() : "");
    }

    /** Turns a broken connection into the failure that names it. */
    private final class ReportingStream extends FilterInputStream {
        private final String attempt;

        ReportingStream(InputStream in, String attempt) {
            super(in);
            this.attempt = attempt;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            try {
                return super.read(target, offset, length);
            } catch (IOException e) {
                throw broken(attempt, e);
            }
        }
    }
}
