package io.mortar.core.namespace;

import io.mortar.core.job.ProposedChange;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.path.VolumePath;

/** A question about a volume's file tree; changes nothing. */
public sealed interface Query {
    /** Answered with {@link Outcome.FileFound} or {@link Outcome.DirectoryFound}. */
    record Lookup(VolumePath path) implements Query {}

    /**
     * The file with this content, wherever its chunks are now. Answered with {@link Outcome.FileFound}; refused with NOT_FOUND when no file
     * has the content any more.
     */
    record LookupVersion(FileVersion version) implements Query {}

    /**
     * Answered with {@link Outcome.Listing}.
     *
     * @param after last name of the page before; empty for the first page
     * @param limit entries wanted, 1 to {@link #LIMIT_MAX}
     */
    record ListDirectory(VolumePath path, String after, int limit) implements Query {
        public static final int LIMIT_MAX = 10_000;
    }

    /**
     * Quotas of the volume, by inode of the directory. Answered with {@link Outcome.QuotasListed}.
     *
     * @param after {@link Outcome.QuotasListed#next} of the page before; 0 for the first page
     */
    record ListQuotas(long after) implements Query {}

    /** What a change of the volume would take; reads all files. Answered with {@link Outcome.ChangePlanned}. */
    record PlanChange(ProposedChange change) implements Query {}

    /**
     * Items that a job failed at. Answered with {@link Outcome.JobFailuresListed}.
     *
     * @param after inode of the last item of the page before; 0 for the first page
     * @param limit items wanted, 1 to {@link #LIMIT_MAX}
     */
    record ListJobFailures(long job, long after, int limit) implements Query {
        public static final int LIMIT_MAX = 1000;
    }
}
