package io.mortar.gateway.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pool, as {@code docs/api.md} describes it. */
record PoolJson(
        @Nullable String pool, @Nullable String node, String version, MetadataJson metadata, List<NodeJson> nodes) {
    record MetadataJson(@Nullable String node, boolean reachable) {}
}
