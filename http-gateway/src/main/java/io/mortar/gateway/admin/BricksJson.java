package io.mortar.gateway.admin;

import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Body of the requests about some bricks of a volume. */
record BricksJson(@Nullable List<@Nullable String> bricks) {
    /** Refused with BAD_REQUEST when something is missing or not valid. */
    List<BrickLocation> checked() {
        if (bricks == null || bricks.isEmpty() || bricks.contains(null)) {
            throw new RefusedException(RefusalCode.BAD_REQUEST, "\"bricks\" is missing or names none: see docs/api.md");
        }
        return bricks.stream().map(String::valueOf).map(BricksJson::location).toList();
    }

    static BrickLocation location(String text) {
        try {
            return BrickLocation.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusalCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }
}
