package io.mortar.gateway.conditions;

import io.mortar.core.namespace.ETag;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.gateway.request.RequestHeaders;
import io.mortar.gateway.request.RequestHeaders.Name;
import java.util.List;

/** Conditions of methods that change something. They are handed to the store, where they hold at the moment of the change. */
public final class WriteConditions {
    private WriteConditions() {}

    /** The condition in {@code headers}; refused with BAD_REQUEST when one cannot be read. */
    public static WriteCondition of(RequestHeaders headers) {
        String ifMatch = headers.get(Name.IF_MATCH);
        String ifNoneMatch = headers.get(Name.IF_NONE_MATCH);
        String ifUnmodifiedSince = headers.get(Name.IF_UNMODIFIED_SINCE);
        if (ifMatch == null && ifNoneMatch == null && ifUnmodifiedSince == null) {
            return WriteCondition.NONE;
        }
        EntityTags match = ifMatch == null ? new EntityTags(false, List.of()) : EntityTags.parse("If-Match", ifMatch);
        EntityTags noneMatch =
                ifNoneMatch == null ? new EntityTags(false, List.of()) : EntityTags.parse("If-None-Match", ifNoneMatch);
        // If-Match wins over If-Unmodified-Since: RFC 9110, section 13.1.4.
        long unmodifiedSince = ifMatch != null || ifUnmodifiedSince == null ? -1 : HttpDates.parse(ifUnmodifiedSince);
        return new WriteCondition(
                match.any(),
                noneMatch.any(),
                match.tags().stream().map(WriteConditions::strong).toList(),
                noneMatch.tags().stream().map(tag -> new ETag(tag.opaque())).toList(),
                unmodifiedSince);
    }

    /** A weak tag never matches where strong ones are asked for: it is kept in a form that no file's tag has. */
    private static ETag strong(EntityTags.Tag tag) {
        return new ETag(tag.weak() ? "W/" + tag.opaque() : tag.opaque());
    }
}
