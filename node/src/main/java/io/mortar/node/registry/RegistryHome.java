package io.mortar.node.registry;

import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import java.util.function.Consumer;

/**
 * Where the registry lives: the pool and its metadata node.
 *
 * @param events under which name its events are stored
 * @param nodeRegistered told the address of every node before it is let in; what it does is durable when it returns. The metadata node
 *     remembers by it whom to look for when it starts again: alone, it would form a second cluster
 */
public record RegistryHome(PoolId pool, NodeId node, NodeName name, String events, Consumer<String> nodeRegistered) {}
