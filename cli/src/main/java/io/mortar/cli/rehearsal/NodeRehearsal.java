package io.mortar.cli.rehearsal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.node.NodeRunner;
import io.mortar.cli.remote.Content;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.RemoteEntry;
import io.mortar.cli.remote.RemoteFiles;
import io.mortar.cli.remote.RemotePath;
import io.mortar.cli.remote.UrlPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts a node in this process and has it make a volume, take a file, list it, give it back and delete it: afterwards the JVM has loaded
 * what nodes load. The node runs until the process ends.
 */
public final class NodeRehearsal {
    private static final String VOLUME = "rehearsal";
    private static final RemotePath FILE = RemotePath.parse(VOLUME + ":/directory/file");
    private static final int FILE_BYTES = 3 << 20;
    private static final long LOOK_MILLIS = 100;
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final NodeRunner runner;
    private final Config config;
    private final Path brick;

    /**
     * @param config of a node without a pool, whose HTTP address is its own
     * @param brick a directory that is made
     */
    public NodeRehearsal(NodeRunner runner, Config config, Path brick) {
        this.runner = runner;
        this.config = config;
        this.brick = brick;
    }

    /** Returns when the node has served; throws {@link CommandFailedException} if it does not. */
    public void run() {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> runNode(ended), "rehearsed-node");
        thread.setDaemon(true);
        thread.start();
        Config http = config.getConfig("mortar.http");
        NodeClient node =
                new NodeClient(URI.create("http://" + http.getString("host") + ":" + http.getInt("port")), ANSWER_MAX);
        awaitReady(node, ended);
        makeVolume(node);
        useFile(new RemoteFiles(node));
    }

    private void runNode(CompletableFuture<Integer> ended) {
        try {
            ended.complete(runner.run(config));
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private static void awaitReady(NodeClient node, CompletableFuture<Integer> ended) {
        long deadlineNanos = System.nanoTime() + START_MAX.toNanos();
        while (true) {
            try {
                node.get("ask whether the node is ready", "/health/ready");
                return;
            } catch (CommandFailedException e) {
                if (System.nanoTime() - deadlineNanos > 0) {
                    throw e;
                }
            }
            failIfEnded(ended);
        }
    }

    /** Waits a moment for it. */
    private static void failIfEnded(CompletableFuture<Integer> ended) {
        try {
            int exit = ended.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            throw CommandFailedException.failed("the node ended before it was ready, with exit code " + exit + ".");
        } catch (TimeoutException e) {
            // It runs, as it should.
        } catch (ExecutionException e) {
            throw CommandFailedException.failed("the node failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.failed("interrupted while the node started.");
        }
    }

    private void makeVolume(NodeClient node) {
        ObjectNode request = new ObjectMapper().createObjectNode();
        request.put("name", VOLUME).put("stripe", 1);
        request.putArray("bricks").add(config.getString("mortar.name") + ":" + brick);
        node.post("create a volume", UrlPath.ofApi("volumes"), request);
        node.post("start a volume", UrlPath.ofApi("volumes", VOLUME, "start"), null);
    }

    private static void useFile(RemoteFiles files) {
        files.write(FILE, new Zeros());
        RemoteEntry entry = files.find(FILE)
                .orElseThrow(() -> CommandFailedException.failed("the file that was just written is not there."));
        files.list(RemotePath.parse(VOLUME + ":/directory"), listed -> {});
        try (InputStream in = files.open(FILE, entry.etag())) {
            if (in.readAllBytes().length != FILE_BYTES) {
                throw CommandFailedException.failed("the file that was just written has another size.");
            }
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot read the file that was just written: " + e.getMessage());
        }
        files.remove(FILE, false);
    }

    private record Zeros() implements Content {
        @Override
        public long sizeBytes() {
            return FILE_BYTES;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[FILE_BYTES]);
        }
    }
}
