package io.mortar.gateway.admin;

import io.mortar.client.report.Origin;
import io.mortar.gateway.json.Times;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How old a partial report is. */
final class OriginJson {
    private OriginJson() {}

    /** When the registry said last what a partial report says; null for a whole one, and when it never did. */
    static @Nullable String asOf(Origin origin) {
        Instant known = origin.known();
        return origin.partial() && known != null ? Times.iso(known.toEpochMilli()) : null;
    }
}
