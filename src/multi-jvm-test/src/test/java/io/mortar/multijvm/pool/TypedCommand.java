package io.mortar.multijvm.pool;

import io.mortar.multijvm.pool.Await.GaveUpException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code mortar} command that believes that a person types to it. */
public final class TypedCommand {
    private final Process process;
    private final Writer keys;
    private final Path output;

    private TypedCommand(Process process, Path output) {
        this.process = process;
        this.keys = process.outputWriter(StandardCharsets.UTF_8);
        this.output = output;
    }

    /** Starts it; what it prints goes to a file in {@code directory}. */
    public static TypedCommand start(Path directory, String... arguments) throws IOException {
        Path output = directory.resolve("typed-command.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx96m", "-XX:+UseSerialGC", "-Dmortar.terminals=in", "-cp", NodeCommand.classPath()));
        command.add(NodeCommand.MAIN_CLASS);
        command.addAll(List.of(arguments));
        Process process = Processes.start(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()));
        return new TypedCommand(process, output);
    }

    public void type(String line) throws IOException {
        keys.write(line + "\n");
        keys.flush();
    }

    /** As Ctrl-C, whose signal a process in the background of a shell may not get. */
    public void terminate() {
        process.destroy();
    }

    /** Waits until it has printed what {@code pattern} finds, and returns the first group of the first place. */
    public String awaitOutput(String pattern, Duration deadline) {
        Pattern wanted = Pattern.compile(pattern, Pattern.MULTILINE);
        return Await.value("the command has printed '" + pattern + "'", deadline, () -> {
            boolean over = !process.isAlive();
            Matcher matcher = wanted.matcher(output());
            if (matcher.find()) {
                return matcher.group(1);
            }
            if (over) {
                throw new GaveUpException("the command has ended without '" + pattern + "':\n" + output(), null);
            }
            return null;
        });
    }

    public int awaitExit(Duration deadline) throws IOException, InterruptedException {
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new GaveUpException("the command still runs after " + deadline + ":\n" + output(), null);
        }
        return process.exitValue();
    }

    public String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
