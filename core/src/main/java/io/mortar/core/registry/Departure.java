package io.mortar.core.registry;

import io.mortar.core.pool.BrickId;
import org.jspecify.annotations.Nullable;

/**
 * A brick that is being taken out of its volume; stored, so that components are only ever added at the end.
 *
 * @param successor the brick that is to have what this one has; null for any other
 * @param number of this departure among those of its volume: a proof that nothing is on the brick any more holds for one departure only,
 *     since files may have come in between when it was stopped and begun again
 */
public record Departure(BrickId brick, @Nullable BrickId successor, int number) {}
