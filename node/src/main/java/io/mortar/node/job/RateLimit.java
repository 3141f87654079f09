package io.mortar.node.job;

/** Lets so many bytes per second pass, and a second's worth at once after a pause. For use by one thread. */
final class RateLimit {
    private long bytesPerSecond;
    private double available;
    private long lastNanos;

    RateLimit(long bytesPerSecond, long nowNanos) {
        this.bytesPerSecond = bytesPerSecond;
        this.available = bytesPerSecond;
        this.lastNanos = nowNanos;
    }

    void set(long nextBytesPerSecond) {
        bytesPerSecond = nextBytesPerSecond;
    }

    /** Nanoseconds to wait before the next bytes may pass; 0 if they may now. What passes may be larger than what is left. */
    long waitNanos(long nowNanos) {
        available = Math.min((double) bytesPerSecond, available + (nowNanos - lastNanos) * 1e-9 * bytesPerSecond);
        lastNanos = nowNanos;
        return available > 0 ? 0 : (long) Math.ceil((1 - available) * 1e9 / bytesPerSecond);
    }

    void pass(long bytes) {
        available -= bytes;
    }
}
