package io.mortar.core.registry;

import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;

/** @param address {@code host:port} under which the node was last registered */
public record RegisteredNode(NodeId id, NodeName name, String address) {}
