package io.mortar.node.job;

/** Bytes, or whatever is counted, per second of late: an average in which what is older than some ten seconds hardly counts. For use by one thread. */
final class RateMeter {
    private static final double MEMORY_SECONDS = 10;

    private double perSecond;
    private long pending;
    private long lastNanos;

    RateMeter(long nowNanos) {
        this.lastNanos = nowNanos;
    }

    void add(long count) {
        pending += count;
    }

    long perSecond(long nowNanos) {
        double seconds = (nowNanos - lastNanos) * 1e-9;
        if (seconds >= 1) {
            double weight = Math.exp(-seconds / MEMORY_SECONDS);
            double now = pending / seconds;
            perSecond = perSecond == 0 ? now : perSecond * weight + now * (1 - weight);
            pending = 0;
            lastNanos = nowNanos;
        }
        return Math.round(perSecond);
    }
}
