package io.mortar.core.job;

import io.mortar.core.pool.BrickId;

/** What a brick is to give away, in bytes, so that all are equally full; negative for what it is to get. */
public record Surplus(BrickId brick, long bytes) {}
