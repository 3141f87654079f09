package io.mortar.core.registry;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeId;

/** A brick that the registry has given to a volume, or has yet to take back from its node. */
public record OwnedBrick(BrickId id, NodeId node, BrickLocation location) {}
