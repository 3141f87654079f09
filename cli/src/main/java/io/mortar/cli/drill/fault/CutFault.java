package io.mortar.cli.drill.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A machine that the others cannot reach, nor it them, while clients reach them all. */
public final class CutFault implements Fault {
    private final Wires wires;
    private final Duration time;

    /** The network between the nodes. */
    public interface Wires {
        /** Nothing goes from the node to the others any more, and nothing from them to it. */
        void cut(int node) throws IOException, InterruptedException;

        void mend(int node) throws IOException, InterruptedException;
    }

    public CutFault(Wires wires, Duration time) {
        this.wires = wires;
        this.time = time;
    }

    @Override
    public FaultKind kind() {
        return FaultKind.CUT;
    }

    @Override
    public String strike(int node) throws IOException, InterruptedException {
        wires.cut(node);
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } finally {
            wires.mend(node);
        }
        return "cut off from the other nodes for " + time.toSeconds() + " s";
    }
}
