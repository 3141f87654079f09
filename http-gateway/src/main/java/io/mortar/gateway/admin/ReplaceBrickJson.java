package io.mortar.gateway.admin;

import io.mortar.core.pool.BrickLocation;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/** Body of the request to replace a brick. */
record ReplaceBrickJson(@Nullable String brick, @Nullable String with) {
    /** The same request, checked. */
    record Checked(BrickLocation old, BrickLocation next) {}

    /** Refused with BAD_REQUEST when something is missing or not valid. */
    Checked checked() {
        if (brick == null || with == null) {
            throw new RefusedException(RefusalCode.BAD_REQUEST, "\"brick\" and \"with\" are needed: see docs/api.md");
        }
        return new Checked(BricksJson.location(brick), BricksJson.location(with));
    }
}
