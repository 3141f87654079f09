package io.mortar.node.job;

/**
 * What is moved per second while files are being moved: an average over the last minutes in which there was something to move, whatever
 * came in between. For use by one thread.
 */
final class MovedRate {
    /** Less says nothing: the first files of a job, or a handful of small ones. */
    private static final long BUSY_NANOS_MIN = 5_000_000_000L;

    private static final long BUSY_NANOS_MAX = 120_000_000_000L;

    private long bytes;
    private long busyNanos;
    private long pending;
    private long lastNanos;
    private boolean wasBusy;

    void add(long moreBytes) {
        pending += moreBytes;
    }

    /**
     * To be called every now and then.
     *
     * @param busy whether files are being moved as fast as they may
     */
    void look(boolean busy, long nowNanos) {
        if (busy && wasBusy) {
            busyNanos += nowNanos - lastNanos;
            bytes += pending;
            if (busyNanos > BUSY_NANOS_MAX) {
                busyNanos /= 2;
                bytes /= 2;
            }
        }
        pending = 0;
        lastNanos = nowNanos;
        wasBusy = busy;
    }

    /** 0 if nothing of significance was moved yet. */
    long perSecond() {
        return busyNanos < BUSY_NANOS_MIN ? 0 : Math.max(1, Math.round(bytes / (busyNanos * 1e-9)));
    }
}
