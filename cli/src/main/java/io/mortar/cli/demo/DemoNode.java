package io.mortar.cli.demo;

import io.mortar.cli.failure.CommandFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One node as a child process. It stops when its standard input ends, so it never outlives this process, not even after kill -9.
 */
final class DemoNode {
    /** How the command begins what it says when it ends. */
    private static final String OWN_WORDS = "mortar: ";

    private static final int LOG_LINES = 12;
    private static final int LOG_BYTES = 8192;

    private final String name;
    private final Path log;
    private final Process process;

    private DemoNode(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    static DemoNode start(DemoOptions options, DemoDirectory directory, int number) {
        String name = "bt" + number;
        Path home = directory.nodeDirectory(name);
        Path log = home.resolve("node.log");
        try {
            Files.createDirectories(home);
            Path config = Files.writeString(home.resolve("node.conf"), config(options, home, number));
            List<String> command = new ArrayList<>(MortarProgram.command());
            command.addAll(List.of("node", "start", "--config", config.toString(), "--stop-on-stdin-eof"));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new DemoNode(name, log, process);
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot start the node " + name + ": " + e.getMessage());
        }
    }

    static String brick(DemoDirectory directory, int number) {
        return "bt" + number + ":" + directory.nodeDirectory("bt" + number).resolve("brick");
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    Path log() {
        return log;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Why it ended or does not get ready: in its own words if it said so, else with the end of its log. */
    CommandFailedException failure(String what) {
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

    private static String config(DemoOptions options, Path home, int number) {
        String seeds = IntStream.rangeClosed(1, DemoOptions.NODE_COUNT)
                .mapToObj(i -> quoted(options.address(i)))
                .collect(Collectors.joining(", "));
        return String.join(
                "\n",
                "# Written by 'mortar demo' at every start.",
                "mortar {",
                "  name = " + quoted("bt" + number),
                "  data-dir = " + quoted(home.resolve("data").toString()),
                "  bind { host = " + quoted(DemoOptions.host(number)) + ", port = " + options.port() + " }",
                "  http { host = " + quoted(DemoOptions.host(number)) + ", port = " + options.httpPort() + " }",
                "  seed-nodes = [" + seeds + "]",
                "  bricks-allowed-under = [" + quoted(home.toString()) + "]",
                "}",
                "");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
