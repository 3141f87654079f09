package io.mortar.benchmarks.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Other programs. */
public final class Command {
    private Command() {}

    /** Runs a command to its end and returns what it printed; throws when it fails. */
    public static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " exited with " + process.exitValue() + ": " + output);
        }
        return output.trim();
    }

    /** Runs commands at the same time; returns the seconds until the last one has ended. Throws when one fails. */
    public static double secondsOf(List<List<String>> commands) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        List<Process> processes = new ArrayList<>();
        for (List<String> command : commands) {
            processes.add(new ProcessBuilder(command).inheritIO().start());
        }
        for (Process process : processes) {
            process.waitFor();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        for (int i = 0; i < commands.size(); i++) {
            if (processes.get(i).exitValue() != 0) {
                throw new IOException(String.join(" ", commands.get(i)) + " exited with "
                        + processes.get(i).exitValue());
            }
        }
        return seconds;
    }

    /** Waits until everything that was written is on the disk, so that one measurement does not pay for another. */
    public static void sync() throws IOException, InterruptedException {
        run("sync");
    }
}
