package io.mortar.gateway.listing;

import io.mortar.core.namespace.Query;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.request.RequestTarget;

/** Which part of a directory is asked for: at most {@code limit} names after {@code after}. */
public record PageRequest(String after, int limit) {
    public static final int LIMIT_DEFAULT = 1000;

    /** Reads {@code after} and {@code limit}; refused with BAD_REQUEST when the limit is not within 1 to 10 000. */
    public static PageRequest of(RequestTarget target) {
        String after = target.parameter("after").orElse("");
        String limit = target.parameter("limit").orElse("");
        if (limit.isEmpty()) {
            return new PageRequest(after, LIMIT_DEFAULT);
        }
        try {
            int number = Integer.parseInt(limit);
            if (number >= 1 && number <= Query.ListDirectory.LIMIT_MAX) {
                return new PageRequest(after, number);
            }
        } catch (NumberFormatException e) {
            throw badLimit(limit);
        }
        throw badLimit(limit);
    }

    private static RefusedException badLimit(String limit) {
        return new RefusedException(
                RefusalCode.BAD_REQUEST,
                "limit '" + limit + "' is not a number from 1 to " + Query.ListDirectory.LIMIT_MAX
                        + ": ask for further pages with 'after'");
    }
}
