package io.mortar.node.registry;

import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;

/** Where the registry lives: the pool and its metadata node. */
public record RegistryHome(PoolId pool, NodeId node, NodeName name) {}
