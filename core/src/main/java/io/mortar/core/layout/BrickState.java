package io.mortar.core.layout;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;

/**
 * A brick as placement sees it.
 *
 * @param accepting whether it can be reached and takes new chunks
 * @param freeBytes bytes that it can still take, as last reported
 */
public record BrickState(BrickId id, BrickLocation location, boolean accepting, long freeBytes) {}
