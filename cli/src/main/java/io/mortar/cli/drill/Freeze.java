package io.mortar.cli.drill;

import java.io.IOException;
import java.time.Duration;

/** Freezes a process of this machine. */
public final class Freeze {
    private Freeze() {}

    /**
     * SIGSTOP, and SIGCONT after {@code time}, when this returns. A shell does both, so that the process does not stay frozen should this one be
     * killed meanwhile.
     */
    public static void process(long pid, Duration time) throws IOException, InterruptedException {
        String script = "kill -STOP " + pid + " && sleep " + time.toSeconds() + "; kill -CONT " + pid;
        Process shell = new ProcessBuilder("sh", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (shell.waitFor() != 0) {
            throw new IOException("cannot freeze process " + pid + ": it is gone, or belongs to another user");
        }
    }
}
