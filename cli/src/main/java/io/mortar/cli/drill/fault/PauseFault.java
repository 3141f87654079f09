package io.mortar.cli.drill.fault;

import java.io.IOException;
import java.time.Duration;

/** A machine that hangs: SIGSTOP, and SIGCONT after a while. */
public final class PauseFault implements Fault {
    private final Victims victims;
    private final Duration time;

    public PauseFault(Victims victims, Duration time) {
        this.victims = victims;
        this.time = time;
    }

    @Override
    public FaultKind kind() {
        return FaultKind.PAUSE;
    }

    @Override
    public String strike(int node) throws IOException, InterruptedException {
        victims.freeze(node, time);
        return "frozen for " + time.toSeconds() + " s";
    }
}
