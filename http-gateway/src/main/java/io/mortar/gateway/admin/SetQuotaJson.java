package io.mortar.gateway.admin;

import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Body of the request to limit what a directory may hold.
 *
 * @param limitBytes null for any
 * @param limitEntries null for any
 */
record SetQuotaJson(@Nullable Long limitBytes, @Nullable Long limitEntries) {
    /** -1 for any; refused with BAD_REQUEST when it is none. */
    long bytesMax() {
        return checked("limitBytes", limitBytes);
    }

    /** -1 for any; refused with BAD_REQUEST when it is none. */
    long entriesMax() {
        return checked("limitEntries", limitEntries);
    }

    private static long checked(String name, @Nullable Long limit) {
        if (limit != null && limit < 0) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST,
                    "\"" + name + "\" is " + limit + ": say a number from 0, or leave it out for no limit");
        }
        return limit == null ? -1 : limit;
    }
}
