package io.mortar.benchmarks.server;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Processes that must not outlive this one. */
final class Children {
    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroy)));
    }

    private Children() {}

    static void add(Process process) {
        ALIVE.add(process);
    }

    /** Asks all to end, then waits for each. */
    static void stop(List<Process> processes) {
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
    }
}
