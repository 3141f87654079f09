package io.mortar.client.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a report comes from.
 *
 * @param partial whether the registry was not asked or did not answer: bricks and nodes are then as this node sees them now, and the
 *     rest as the registry said last
 * @param known when the registry said it; null for never
 */
public record Origin(boolean partial, @Nullable Instant known) {
    static Origin registry(Instant now) {
        return new Origin(false, now);
    }

    static Origin ownView(@Nullable Instant known) {
        return new Origin(true, known);
    }
}
