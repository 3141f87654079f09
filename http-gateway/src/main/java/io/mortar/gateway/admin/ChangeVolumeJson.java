package io.mortar.gateway.admin;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/** Body of the request to change a volume: what is to change. */
record ChangeVolumeJson(@Nullable Integer replica) {
    /** Refused with BAD_REQUEST when nothing is to change. */
    int checkedReplica() {
        if (replica == null) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST, "nothing to change is given: \"replica\" can be changed");
        }
        return replica;
    }
}
