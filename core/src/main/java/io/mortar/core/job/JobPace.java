package io.mortar.core.job;

/**
 * How fast jobs of a volume may move files, and do.
 *
 * @param limitBytesPerSecond the configured rate
 * @param measuredBytesPerSecond what the last ones reached within it, among them time for commits of small files; 0 if that is not known
 */
public record JobPace(long limitBytesPerSecond, long measuredBytesPerSecond) {
    public static final JobPace UNKNOWN = new JobPace(0, 0);

    /** Rounded up; 0 for nothing to move, -1 if there is nothing to go by. */
    public long secondsFor(long bytes) {
        long rate = measuredBytesPerSecond > 0 ? measuredBytesPerSecond : limitBytesPerSecond;
        if (bytes == 0) {
            return 0;
        }
        return rate <= 0 ? -1 : (bytes + rate - 1) / rate;
    }
}
