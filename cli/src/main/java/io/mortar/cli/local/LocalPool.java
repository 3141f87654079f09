package io.mortar.cli.local;

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
import java.util.function.IntFunction;

/** The nodes of a pool on this machine. */
public final class LocalPool {
    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final long STOP_SECONDS_MAX = 25;
    private static final long LOOK_MILLIS = 200;

    private final LocalPlan plan;
    private boolean stopped;
    private final List<LocalNode> nodes = Collections.synchronizedList(new ArrayList<>());

    LocalPool(LocalPlan plan) {
        this.plan = plan;
    }

    /** Starts the nodes and returns when each of them sees all of them. */
    public void start(LocalDirectory directory) {
        start(directory, number -> "");
    }

    /** As {@link #start(LocalDirectory)}, with more lines (HOCON) in the configuration file of each node. */
    public void start(LocalDirectory directory, IntFunction<String> settings) {
        for (int number = 1; number <= plan.nodeCount(); number++) {
            startNode(directory, number, settings.apply(number));
        }
        long deadline = System.nanoTime() + START_MAX.toNanos();
        for (int number = 1; number <= plan.nodeCount(); number++) {
            awaitReady(number, deadline);
        }
    }

    public NodeClient client(int number) {
        return new NodeClient(URI.create(plan.url(number)), ANSWER_MAX);
    }

    public List<LocalNode> nodes() {
        return List.copyOf(nodes);
    }

    /** Waits until a node ends, and says which. */
    public LocalNode awaitEnd() throws InterruptedException {
        while (true) {
            for (LocalNode node : nodes()) {
                if (!node.isAlive()) {
                    return node;
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Stops all nodes, the one with the metadata last, and returns when none is left. */
    void stop() {
        List<LocalNode> left;
        synchronized (this) {
            stopped = true;
            left = nodes();
        }
        for (int i = left.size() - 1; i >= 0; i--) {
            left.get(i).askToStop();
            left.get(i).awaitStop(STOP_SECONDS_MAX);
        }
    }

    private synchronized void startNode(LocalDirectory directory, int number, String settings) {
        if (stopped) {
            throw CommandFailedException.failed("the " + plan.purpose() + " was stopped while it was starting.");
        }
        nodes.add(LocalNode.start(plan, directory, number, settings));
    }

    private void awaitReady(int number, long deadline) {
        LocalNode node = nodes.get(number - 1);
        NodeClient client = new NodeClient(URI.create(plan.url(number)), Duration.ofSeconds(5));
        String reason = "";
        while (System.nanoTime() < deadline) {
            for (LocalNode each : nodes()) {
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

    private String notReadyReason(NodeClient client) {
        try {
            client.get("ask whether the node is ready", "/health/ready");
            JsonNode pool = client.get("ask for the pool", UrlPath.ofApi("pool"));
            int up = 0;
            for (JsonNode node : pool.path("nodes")) {
                up += node.path("reachable").asBoolean() ? 1 : 0;
            }
            return up == plan.nodeCount() ? "" : "it sees " + up + " of " + plan.nodeCount() + " nodes";
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
