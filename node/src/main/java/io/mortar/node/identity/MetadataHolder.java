package io.mortar.node.identity;

import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;

/** The node that holds a pool's metadata; its name is for people, so that it can be named while it is away. */
public record MetadataHolder(NodeId node, NodeName name) {}
