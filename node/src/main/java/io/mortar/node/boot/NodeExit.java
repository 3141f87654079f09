package io.mortar.node.boot;

/** How a node ended, for its process to report. */
public sealed interface NodeExit {
    /** It was asked to stop, and did. */
    record Stopped() implements NodeExit {}

    /** The pool does not want it; starting it again as it is will not help. */
    record TurnedAway(String reason) implements NodeExit {}

    /** It cannot take its place in the pool: something is wrong with its data. */
    record Failed(String reason) implements NodeExit {}

    /** The cluster went on without it, after a partition or a long pause; starting it again brings it back. */
    record Removed() implements NodeExit {}
}
