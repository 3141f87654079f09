package io.mortar.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One node of a pool: a process that can be ended in every way and started again with what it has on disk. */
public final class PoolNode {
    private final String name;
    private final URI base;
    private final Path directory;
    private final List<String> command;
    private final String javaOptions;
    private Process process;

    private PoolNode(String name, URI base, Path directory, List<String> command, String javaOptions)
            throws IOException {
        this.name = name;
        this.base = base;
        this.directory = directory;
        this.command = command;
        this.javaOptions = javaOptions;
        this.process = launch();
    }

    /**
     * Starts a node; it need not be ready when this returns.
     *
     * @param directory for its data, its brick and {@code node.log}
     * @param bind {@code host:port} for the other nodes
     * @param http {@code host:port} for clients
     * @param join {@code host:port} of nodes of the pool; none when it founds one
     * @param javaOptions what the launcher gives to the JVM beside its own flags
     */
    static PoolNode start(
            Path launcher, Path directory, String name, String bind, String http, List<String> join, String javaOptions)
            throws IOException {
        Files.createDirectories(directory);
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "node", "start", "--stop-on-stdin-eof"));
        command.addAll(
                List.of("--name", name, "--data-dir", directory.resolve("data").toString()));
        command.addAll(List.of("--bind", bind, "--http", http));
        join.forEach(address -> command.addAll(List.of("--join", address)));
        return new PoolNode(name, URI.create("http://" + http + "/"), directory, command, javaOptions);
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("node.log").toFile()));
        builder.environment().merge("MORTAR_JAVA_OPTS", javaOptions, (outer, own) -> outer + " " + own);
        Process started = builder.start();
        Children.add(started);
        return started;
    }

    public String name() {
        return name;
    }

    public URI base() {
        return base;
    }

    /** Where this node may have its brick of {@code volume}. */
    Path brick(String volume) {
        return directory.resolve("brick-" + volume);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL; the process may need a moment to be gone. */
    public void kill() {
        process.destroyForcibly();
    }

    /** SIGTERM: the node is asked to stop, and hands over before it does. */
    public void stop() {
        process.destroy();
    }

    public void awaitExit() throws InterruptedException {
        process.waitFor();
    }

    /** Starts it again after it has ended. */
    public void restart() throws IOException, InterruptedException {
        process.waitFor();
        process = launch();
    }

    /** Waits until {@code path} on this node is answered with success. */
    public void awaitAnswer(String path) throws IOException, InterruptedException {
        Http.awaitAnswer(base.resolve(path), process);
    }

    Process process() {
        return process;
    }
}
