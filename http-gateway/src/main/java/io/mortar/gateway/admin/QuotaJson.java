package io.mortar.gateway.admin;

import io.mortar.core.namespace.DirectoryQuota;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a directory may hold and holds, as {@code docs/api.md} describes it.
 *
 * @param limitBytes null for any
 * @param limitEntries null for any
 */
record QuotaJson(
        String path, @Nullable Long limitBytes, @Nullable Long limitEntries, long usedBytes, long usedEntries) {
    /** All quotas of a volume. */
    record ListJson(String volume, List<QuotaJson> quotas) {}

    static QuotaJson of(DirectoryQuota quota) {
        return new QuotaJson(
                quota.path(),
                limit(quota.bytesMax()),
                limit(quota.entriesMax()),
                quota.usedBytes(),
                quota.usedEntries());
    }

    private static @Nullable Long limit(long max) {
        return max < 0 ? null : max;
    }
}
