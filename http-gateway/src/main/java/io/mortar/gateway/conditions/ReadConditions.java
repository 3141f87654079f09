package io.mortar.gateway.conditions;

import io.mortar.core.namespace.ETag;
import io.mortar.gateway.request.RequestHeaders;
import io.mortar.gateway.request.RequestHeaders.Name;

/** Conditions of GET and HEAD, in the order of RFC 9110, section 13.2.2. */
public final class ReadConditions {
    /** What conditions say about a request. */
    public enum Verdict {
        PROCEED,
        NOT_MODIFIED,
        PRECONDITION_FAILED
    }

    private ReadConditions() {}

    /** Evaluates the conditions in {@code headers} for a file with {@code etag}, changed last at {@code modifiedMillis}. */
    public static Verdict evaluate(RequestHeaders headers, ETag etag, long modifiedMillis) {
        if (!sourceConditionsHold(headers, etag, modifiedMillis)) {
            return Verdict.PRECONDITION_FAILED;
        }
        String ifNoneMatch = headers.get(Name.IF_NONE_MATCH);
        if (ifNoneMatch != null) {
            EntityTags tags = EntityTags.parse("If-None-Match", ifNoneMatch);
            boolean matches = tags.any() || tags.tags().stream().anyMatch(t -> t.matchesWeakly(etag));
            return matches ? Verdict.NOT_MODIFIED : Verdict.PROCEED;
        }
        String ifModifiedSince = headers.get(Name.IF_MODIFIED_SINCE);
        if (ifModifiedSince != null) {
            long since = HttpDates.parse(ifModifiedSince);
            return since >= 0 && HttpDates.wholeSecond(modifiedMillis) <= since
                    ? Verdict.NOT_MODIFIED
                    : Verdict.PROCEED;
        }
        return Verdict.PROCEED;
    }

    /** Whether {@code If-Match} and {@code If-Unmodified-Since} hold. */
    private static boolean sourceConditionsHold(RequestHeaders headers, ETag etag, long modifiedMillis) {
        String ifMatch = headers.get(Name.IF_MATCH);
        if (ifMatch != null) {
            EntityTags tags = EntityTags.parse("If-Match", ifMatch);
            return tags.any() || tags.tags().stream().anyMatch(t -> t.matchesStrongly(etag));
        }
        String ifUnmodifiedSince = headers.get(Name.IF_UNMODIFIED_SINCE);
        if (ifUnmodifiedSince != null) {
            long since = HttpDates.parse(ifUnmodifiedSince);
            return since < 0 || HttpDates.wholeSecond(modifiedMillis) <= since;
        }
        return true;
    }

    /** Whether a {@code Range} counts: no {@code If-Range}, or one that names exactly this content (section 13.1.5). */
    public static boolean rangeCounts(RequestHeaders headers, ETag etag, long modifiedMillis) {
        String ifRange = headers.get(Name.IF_RANGE);
        if (ifRange == null) {
            return true;
        }
        String validator = ifRange.strip();
        if (validator.startsWith("\"") || validator.startsWith("W/")) {
            return validator.equals(etag.toString());
        }
        return HttpDates.parse(validator) == HttpDates.wholeSecond(modifiedMillis);
    }
}
