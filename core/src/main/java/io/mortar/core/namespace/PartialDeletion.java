package io.mortar.core.namespace;

import io.mortar.core.pool.BrickId;
import java.util.Set;

/**
 * A deletion that waits for some of its bricks.
 *
 * @param confirmed those of its bricks that it does not wait for any more
 */
public record PartialDeletion(DueDeletion deletion, Set<BrickId> confirmed) {
    public PartialDeletion {
        confirmed = Set.copyOf(confirmed);
    }
}
