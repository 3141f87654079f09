package io.mortar.cli.drill.fault;

import java.io.IOException;

/** {@code kill -9}, and a new start. */
public final class KillFault implements Fault {
    private final Victims victims;

    public KillFault(Victims victims) {
        this.victims = victims;
    }

    @Override
    public FaultKind kind() {
        return FaultKind.KILL;
    }

    @Override
    public String strike(int node) throws IOException, InterruptedException {
        victims.killAndStart(node);
        return "killed with -9 and started again";
    }
}
