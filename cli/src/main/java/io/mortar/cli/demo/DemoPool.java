package io.mortar.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.UrlPath;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The demo's three nodes. */
final class DemoPool {
    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final long STOP_SECONDS_MAX = 25;
    private static final long LOOK_MILLIS = 200;

    private final DemoOptions options;
    private boolean stopped;
    private final List<DemoNode> nodes = Collections.synchronizedList(new ArrayList<>());

    DemoPool(DemoOptions options) {
        this.options = options;
    }

    /** Starts the nodes and returns when each of them sees all of them. */
    void start(DemoDirectory directory) {
        for (int number = 1; number <= DemoOptions.NODE_COUNT; number++) {
            startNode(directory, number);
        }
        long deadline = System.nanoTime() + START_MAX.toNanos();
        for (int number = 1; number <= DemoOptions.NODE_COUNT; number++) {
            awaitReady(number, deadline);
        }
    }

    NodeClient client(int number) {
        return new NodeClient(URI.create(options.url(number)), ANSWER_MAX);
    }

    List<DemoNode> nodes() {
        return List.copyOf(nodes);
    }

    /** Waits until a node ends, and says which. */
    DemoNode awaitEnd() throws InterruptedException {
        while (true) {
            for (DemoNode node : nodes()) {
                if (!node.isAlive()) {
                    return node;
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Stops all nodes, the one with the metadata last, and returns when none is left. */
    void stop() {
        List<DemoNode> left;
        synchronized (this) {
            stopped = true;
            left = nodes();
        }
        for (int i = left.size() - 1; i >= 0; i--) {
            left.get(i).askToStop();
            left.get(i).awaitStop(STOP_SECONDS_MAX);
        }
    }

    private synchronized void startNode(DemoDirectory directory, int number) {
        if (stopped) {
            throw CommandFailedException.failed("the demo was stopped while it was starting.");
        }
        nodes.add(DemoNode.start(options, directory, number));
    }

    private void awaitReady(int number, long deadline) {
        DemoNode node = nodes.get(number - 1);
        NodeClient client = new NodeClient(URI.create(options.url(number)), Duration.ofSeconds(5));
        String reason = "";
        while (System.nanoTime() < deadline) {
            for (DemoNode each : nodes()) {
                if (!each.isAlive()) {
                    throw each.failure("ended while it was starting");
                }
            }
            reason = notReadyReason(client);
            if (reason.isEmpty()) {
                return;
            }
            pause();
        }
        throw node.failure("is not ready after " + START_MAX.toSeconds() + " s: " + reason);
    }

    private static String notReadyReason(NodeClient client) {
        try {
            client.get("ask whether the node is ready", "/health/ready");
            JsonNode pool = client.get("ask for the pool", UrlPath.ofApi("pool"));
            int up = 0;
            for (JsonNode node : pool.path("nodes")) {
                up += node.path("reachable").asBoolean() ? 1 : 0;
            }
            return up == DemoOptions.NODE_COUNT ? "" : "it sees " + up + " of " + DemoOptions.NODE_COUNT + " nodes";
        } catch (CommandFailedException e) {
            return e.text();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.failed("interrupted while the nodes were starting");
        }
    }
}
