package io.mortar.core.namespace;

import java.util.List;

/**
 * What must hold of the target when a change is committed (RFC 9110, section 13.1); all parts that are present must hold.
 *
 * @param ifExists {@code If-Match: *}: there is a target
 * @param ifAbsent {@code If-None-Match: *}: there is none
 * @param ifMatch {@code If-Match}: the target's tag is one of these; empty for no condition
 * @param ifNoneMatch {@code If-None-Match}: the target's tag is none of these; empty for no condition
 * @param unmodifiedSinceMillis {@code If-Unmodified-Since}: a target is not newer than this second; ignored beside
 *     {@code If-Match}; -1 for no condition
 */
public record WriteCondition(
        boolean ifExists, boolean ifAbsent, List<ETag> ifMatch, List<ETag> ifNoneMatch, long unmodifiedSinceMillis) {
    public static final WriteCondition NONE = new WriteCondition(false, false, List.of(), List.of(), -1);

    public WriteCondition {
        ifMatch = List.copyOf(ifMatch);
        ifNoneMatch = List.copyOf(ifNoneMatch);
    }
}
