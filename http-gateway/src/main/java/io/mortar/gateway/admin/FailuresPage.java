package io.mortar.gateway.admin;

import io.mortar.core.namespace.Query;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.request.RequestTarget;
import java.util.OptionalLong;

/** Which of the items that a job failed at are asked for: at most {@code limit} behind {@code after}. */
record FailuresPage(long after, int limit) {
    private static final int LIMIT_DEFAULT = 1000;

    /** Reads {@code after} and {@code limit}; refused with BAD_REQUEST when they are no such numbers. */
    static FailuresPage of(RequestTarget target) {
        long after = number(target, "after").orElse(0);
        long limit = number(target, "limit").orElse(LIMIT_DEFAULT);
        if (limit < 1 || limit > Query.ListJobFailures.LIMIT_MAX) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST,
                    "limit '" + limit + "' is not a number from 1 to " + Query.ListJobFailures.LIMIT_MAX
                            + ": ask for further pages with 'after'");
        }
        return new FailuresPage(after, (int) limit);
    }

    private static OptionalLong number(RequestTarget target, String name) {
        String text = target.parameter(name).orElse("");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.matches("\\d{1,18}")) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST,
                    name + " '" + text + "' is not a number: pass on the \"next\" of the page before");
        }
        return OptionalLong.of(Long.parseLong(text));
    }
}
