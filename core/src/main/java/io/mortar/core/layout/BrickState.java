package io.mortar.core.layout;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;

/**
 * A brick as placement sees it.
 *
 * @param accepting whether it can be reached and takes chunks; one that is merely full is accepting and has no free bytes
 * @param freeBytes bytes that it can still take above its watermark, as last reported; 0 for a full one
 */
public record BrickState(BrickId id, BrickLocation location, boolean accepting, long freeBytes) {}
