package io.mortar.multijvm.pool;

import io.mortar.multijvm.pool.Await.GaveUpException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One node that runs, or could run, in a JVM of its own. For use by one thread. */
public final class NodeProcess {
    private static final Duration READY_DEADLINE = Duration.ofSeconds(60);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);
    private static final int PROBE_TIMEOUT_MILLIS = 2_000;
    private static final int LOG_TAIL_LINES = 30;

    private final NodeNetwork network;
    private NodeSpec spec;
    private @Nullable Process process;

    NodeProcess(NodeSpec spec, NodeNetwork network) {
        this.spec = spec;
        this.network = network;
    }

    public String name() {
        return spec.name();
    }

    public NodeSpec spec() {
        return spec;
    }

    /** Such as {@code http://127.0.0.1:24001}. */
    public URI url() {
        return URI.create("http://" + spec.http());
    }

    /** {@code name:/directory} of a brick of this node, as `volume create` takes it. */
    public String brick(int number) {
        return name() + ":" + brickDirectory(number);
    }

    public Path brickDirectory(int number) {
        return spec.brickDirectory(number);
    }

    /** From the next start on, the node joins through {@code member}; null when it shall find its pool by itself. */
    public void joinThrough(@Nullable NodeProcess member) {
        spec = spec.joining(member == null ? null : member.spec.transport());
    }

    /** Starts the process; see {@link #awaitReady}. */
    public void start() throws IOException {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("node " + name() + " runs already");
        }
        Files.createDirectories(spec.directory());
        List<String> command = network.commandAt(spec.host(), NodeCommand.of(spec));
        process = Processes.start(command, NodeCommand.environment(spec), spec.log());
    }

    /** Waits until the node says that it serves requests. */
    public void awaitReady() {
        Await.until("node " + name() + " is ready", READY_DEADLINE, () -> {
            if (!started().isAlive()) {
                throw new GaveUpException(
                        "node " + name() + " exited with " + started().exitValue() + ":\n" + logTail(), null);
            }
            return isReady();
        });
    }

    /** Whether {@code /health/ready} answers 200. */
    public boolean isReady() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) url().resolve("/health/ready").toURL().openConnection();
            connection.setConnectTimeout(PROBE_TIMEOUT_MILLIS);
            connection.setReadTimeout(PROBE_TIMEOUT_MILLIS);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills the process as `kill -9` does; returns when it is gone. */
    public void kill() throws InterruptedException {
        started().destroyForcibly().waitFor();
    }

    /** Freezes the process: its connections stay open, nothing answers. */
    public void pause() throws IOException, InterruptedException {
        Processes.signal("STOP", started());
    }

    public void resume() throws IOException, InterruptedException {
        Processes.signal("CONT", started());
    }

    /** Stops the node as `kill` does and returns its exit code. */
    public int stop() throws InterruptedException {
        started().destroy();
        return awaitExit(STOP_DEADLINE);
    }

    /** The exit code, once the process has ended by itself. */
    public int awaitExit(Duration deadline) throws InterruptedException {
        if (!started().waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new GaveUpException("node " + name() + " still runs after " + deadline + ":\n" + logTail(), null);
        }
        return started().exitValue();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** All that the node has printed, over all its starts. */
    public String log() throws IOException {
        return Files.exists(spec.log()) ? Files.readString(spec.log(), StandardCharsets.UTF_8) : "";
    }

    private String logTail() {
        try {
            List<String> lines = log().lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "its log cannot be read: " + e;
        }
    }

    private Process started() {
        if (process == null) {
            throw new IllegalStateException("node " + name() + " was never started");
        }
        return process;
    }
}
