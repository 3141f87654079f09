package io.mortar.gateway.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the pool's metadata is kept, as {@code docs/api.md} describes it.
 *
 * @param node who says this: the leader, if it answers
 * @param term null, like {@code log}, when that node has no replica
 */
record MetadataJson(
        String journal,
        @Nullable String node,
        @Nullable String leader,
        @Nullable Long term,
        @Nullable LogJson log,
        List<MemberJson> members) {
    record LogJson(
            long first,
            long last,
            long committed,
            long applied,
            @Nullable Long snapshot) {}

    record MemberJson(
            String id,
            @Nullable String node,
            String address,
            String role,
            boolean leader,
            @Nullable Long match,
            @Nullable Long lag,
            @Nullable Long silentMillis,
            boolean receivesSnapshot) {}
}
