package io.mortar.multijvm.pool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts child processes that cannot outlive this JVM: a shutdown hook kills them, and should this JVM be killed itself, they see the
 * end of their standard input and stop.
 */
final class Processes {
    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroyForcibly)));
    }

    private Processes() {}

    /** Starts {@code command}, appending what it prints to {@code log}. */
    static Process start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return start(builder);
    }

    /** Starts a process whose output is redirected already. */
    static Process start(ProcessBuilder builder) throws IOException {
        ALIVE.removeIf(process -> !process.isAlive());
        Process process = builder.start();
        ALIVE.add(process);
        return process;
    }

    /** Sends a signal that Java has no call for, such as STOP. */
    static void signal(String name, Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -" + name + " " + process.pid() + " failed");
        }
    }
}
