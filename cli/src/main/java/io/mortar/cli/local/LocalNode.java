package io.mortar.cli.local;

import io.mortar.cli.failure.CommandFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One node as a child process. It stops when its standard input ends, so it never outlives this process, not even after kill -9. For use
 * by several threads.
 */
public final class LocalNode {
    /** How the command begins what it says when it ends. */
    private static final String OWN_WORDS = "mortar: ";

    private static final int LOG_LINES = 12;
    private static final int LOG_BYTES = 8192;

    private final String name;
    private final Path log;
    private final List<String> command;
    private volatile Process process;

    private LocalNode(String name, Path log, List<String> command, Process process) {
        this.name = name;
        this.log = log;
        this.command = command;
        this.process = process;
    }

    /** @param settings more lines (HOCON) of its configuration file */
    static LocalNode start(LocalPlan plan, LocalDirectory directory, int number, String settings) {
        String name = LocalPlan.name(number);
        Path home = directory.nodeDirectory(name);
        Path log = home.resolve("node.log");
        try {
            Files.createDirectories(home);
            Path config = Files.writeString(home.resolve("node.conf"), config(plan, home, number, settings));
            List<String> command = new ArrayList<>(MortarProgram.command());
            command.addAll(List.of("node", "start", "--config", config.toString(), "--stop-on-stdin-eof"));
            command = plan.network().commandAt(number, command);
            Process process = run(command, ProcessBuilder.Redirect.to(log.toFile()));
            return new LocalNode(name, log, command, process);
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot start the node " + name + ": " + e.getMessage());
        }
    }

    private static Process run(List<String> command, ProcessBuilder.Redirect output) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    /** Kills the process as {@code kill -9} does; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts the node again, after its process has ended; its log goes on. */
    public void startAgain() throws IOException {
        process = run(command, ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    /** {@code bt1:/directory}, as a volume is created with it. */
    public static String brick(LocalDirectory directory, int number) {
        return LocalPlan.name(number) + ":" + brickDirectory(directory, number);
    }

    public static Path brickDirectory(LocalDirectory directory, int number) {
        return directory.nodeDirectory(LocalPlan.name(number)).resolve("brick");
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Why it ended or does not get ready: in its own words if it said so, else with the end of its log. */
    public CommandFailedException failure(String what) {
        String exit = process.isAlive() ? "" : " (exit code " + process.exitValue() + ")";
        List<String> lines = endOfLog();
        Optional<String> lastWords = lines.stream()
                .filter(line -> line.startsWith(OWN_WORDS))
                .reduce((first, second) -> second)
                .map(line -> line.substring(OWN_WORDS.length()));
        String reason = lastWords.orElseGet(() -> "the end of its log:\n    "
                + String.join("\n    ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size())));
        return CommandFailedException.failed("the node " + name + " " + what + exit + ": " + reason);
    }

    /** Asks the node to stop. */
    void askToStop() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The pipe is broken, so the node is gone already.
            process.destroy();
        }
    }

    /** Waits until the node is gone; after {@code seconds} it is killed. Returns whether it went by itself. */
    boolean awaitStop(long seconds) {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }

    private List<String> endOfLog() {
        try {
            byte[] all = Files.readAllBytes(log);
            int from = Math.max(0, all.length - LOG_BYTES);
            return new String(all, from, all.length - from, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of("(cannot read " + log + ": " + e.getMessage() + ")");
        }
    }

    private static String config(LocalPlan plan, Path home, int number, String settings) {
        return String.join(
                "\n",
                "# Written by 'mortar " + plan.purpose() + "' at every start.",
                "mortar {",
                "  name = " + quoted(LocalPlan.name(number)),
                "  data-dir = " + quoted(home.resolve("data").toString()),
                "  bind { host = " + quoted(plan.host(number)) + ", port = " + plan.port() + " }",
                "  http { host = " + quoted(plan.host(number)) + ", port = " + plan.httpPort() + " }",
                "  seed-nodes = [" + plan.seedNodes() + "]",
                "  bricks-allowed-under = [" + quoted(home.toString()) + "]",
                "}",
                settings,
                "");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
