package io.mortar.gateway.admin;

import io.mortar.core.job.JobFindings;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobStatus;
import io.mortar.core.volume.VolumeName;
import io.mortar.gateway.json.Times;
import org.jspecify.annotations.Nullable;

/** A job, as {@code docs/api.md} describes it. */
record JobJson(
        String volume,
        long id,
        String kind,
        @Nullable String brick,
        String state,
        long filesDone,
        @Nullable Long filesTotal,
        long bytesDone,
        @Nullable Long bytesTotal,
        long failedItems,
        long bytesPerSecond,
        @Nullable Long etaSeconds,
        @Nullable Long limitBytesPerSecond,
        @Nullable String started,
        @Nullable String ended,
        String lastError,
        @Nullable FindingsJson findings) {
    record FindingsJson(long corruptChunks, long missingChunks, long repairedChunks, long orphanedContents) {
        static FindingsJson of(JobFindings found) {
            return new FindingsJson(found.corrupt(), found.missing(), found.repaired(), found.orphaned());
        }
    }

    static JobJson of(VolumeName volume, JobStatus job) {
        return new JobJson(
                volume.value(),
                job.id(),
                job.kind().word(),
                job.subject().isEmpty() ? null : job.subject(),
                job.state().name(),
                job.counts().files(),
                known(job.counts().filesTotal()),
                job.counts().bytes(),
                known(job.counts().bytesTotal()),
                job.counts().failed(),
                job.bytesPerSecond(),
                known(job.etaSeconds()),
                job.limitBytesPerSecond() > 0 ? job.limitBytesPerSecond() : null,
                // A standing job has no beginning.
                job.kind().isStanding() ? null : Times.iso(job.startedMillis()),
                job.endedMillis() > 0 ? Times.iso(job.endedMillis()) : null,
                job.lastError(),
                job.kind() == JobKind.SCRUB ? FindingsJson.of(job.findings()) : null);
    }

    private static @Nullable Long known(long number) {
        return number < 0 ? null : number;
    }
}
