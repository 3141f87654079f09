package io.mortar.node.job;

import io.mortar.core.job.JobCounts;

/** How far the job is that is worked on now, newer than its last checkpoint; 0 is no job's number. */
public record JobReport(long job, JobCounts counts, long bytesPerSecond) {
    public static final JobReport NONE = new JobReport(0, JobCounts.NONE, 0);
}
