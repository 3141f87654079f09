package io.mortar.core.job;

/**
 * What a job has done so far.
 *
 * @param files looked at or moved, as the kind has it
 * @param bytes moved or read
 * @param filesTotal to be looked at in all; -1 when unknown
 * @param bytesTotal to be moved or read in all; -1 when unknown
 * @param failed items that failed and have not been mended since
 */
public record JobCounts(long files, long bytes, long filesTotal, long bytesTotal, long failed) {
    public static final JobCounts NONE = new JobCounts(0, 0, -1, -1, 0);

    public JobCounts plus(long moreFiles, long moreBytes) {
        return new JobCounts(files + moreFiles, bytes + moreBytes, filesTotal, bytesTotal, failed);
    }

    public JobCounts withTotals(long totalFiles, long totalBytes) {
        return new JobCounts(files, bytes, totalFiles, totalBytes, failed);
    }

    public JobCounts withFailed(long nextFailed) {
        return new JobCounts(files, bytes, filesTotal, bytesTotal, nextFailed);
    }
}
