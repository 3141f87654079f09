package io.mortar.client.transport;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;

/** A brick and how people call it. */
public record BrickTarget(BrickId id, BrickLocation location) {}
