package io.mortar.cli.drill.fault;

import java.io.IOException;

/** One kind of harm. */
public interface Fault {
    FaultKind kind();

    /** The node that is harmed when {@code node} was chosen. */
    default int victim(int node) {
        return node;
    }

    /**
     * Does the harm to a node and, as far as that is this fault's business, undoes it; returns what was done in words that complete "bt3:
     * ...".
     */
    String strike(int node) throws IOException, InterruptedException;
}
