package io.mortar.node.boot;

import io.mortar.node.coordinator.FaultHandler;
import java.util.concurrent.CompletableFuture;

/**
 * The ways in which a node ends.
 *
 * @param handler for what must not go on
 * @param exit completed by whoever knows why the node ends in order
 */
record NodeFaults(FaultHandler handler, CompletableFuture<NodeExit> exit) {}
