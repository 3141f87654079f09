package io.mortar.core.job;

/**
 * A job as users see it.
 *
 * @param subject the brick that it is about, as {@code bt1:/srv/brick}; empty for kinds that are about the whole volume
 * @param bytesPerSecond of late; 0 while it rests
 * @param etaSeconds to its end at that rate; -1 when unknown
 * @param endedMillis 0 before its end
 * @param limitBytesPerSecond that it may move or read; 0 for the configured rate
 * @param lastError why something did not go on, when it was tried last; empty if all went well
 */
public record JobStatus(
        long id,
        JobKind kind,
        String subject,
        JobState state,
        JobCounts counts,
        JobFindings findings,
        long bytesPerSecond,
        long etaSeconds,
        long startedMillis,
        long endedMillis,
        long limitBytesPerSecond,
        String lastError) {
    public JobStatus endingIn(long seconds) {
        return new JobStatus(
                id,
                kind,
                subject,
                state,
                counts,
                findings,
                bytesPerSecond,
                seconds,
                startedMillis,
                endedMillis,
                limitBytesPerSecond,
                lastError);
    }
}
