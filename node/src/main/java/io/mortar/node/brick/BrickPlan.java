package io.mortar.node.brick;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.PoolId;
import io.mortar.core.volume.VolumeId;

/** What the registry wants a directory to become. */
record BrickPlan(PoolId pool, VolumeId volume, BrickId brick, String directory) {}
