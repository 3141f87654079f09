package io.mortar.gateway.admin;

import io.mortar.core.job.JobFailure;
import io.mortar.gateway.json.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the items that a job failed at, as {@code docs/api.md} describes it.
 *
 * @param next what to ask for the next page with; null for the last one
 */
record JobFailuresJson(List<FailureJson> failures, @Nullable Long next) {
    /** @param path null when the file is gone */
    record FailureJson(long inode, @Nullable String path, String reason, String failed) {
        static FailureJson of(JobFailure failure) {
            return new FailureJson(
                    failure.inode(),
                    failure.path().isEmpty() ? null : failure.path(),
                    failure.reason(),
                    Times.iso(failure.failedMillis()));
        }
    }

    /** @param limit that was asked for: a full page may have another behind it */
    static JobFailuresJson of(List<JobFailure> failures, int limit) {
        return new JobFailuresJson(
                failures.stream().map(FailureJson::of).toList(),
                failures.size() < limit
                        ? null
                        : failures.get(failures.size() - 1).inode());
    }
}
