package io.mortar.node.job;

/** Bytes per second of late: an average in which what is older than some ten seconds hardly counts. For use by one thread. */
final class RateMeter {
    private static final double MEMORY_SECONDS = 10;

    private double bytesPerSecond;
    private long pendingBytes;
    private long lastNanos;

    RateMeter(long nowNanos) {
        this.lastNanos = nowNanos;
    }

    void add(long bytes) {
        pendingBytes += bytes;
    }

    long bytesPerSecond(long nowNanos) {
        double seconds = (nowNanos - lastNanos) * 1e-9;
        if (seconds >= 1) {
            double weight = Math.exp(-seconds / MEMORY_SECONDS);
            double now = pendingBytes / seconds;
            bytesPerSecond = bytesPerSecond == 0 ? now : bytesPerSecond * weight + now * (1 - weight);
            pendingBytes = 0;
            lastNanos = nowNanos;
        }
        return Math.round(bytesPerSecond);
    }
}
