package io.mortar.node.copying;

/** Spreads bytes evenly over time: what one chunk took puts off the next. For one thread. */
public final class Pace {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** What was not used for longer than this is not made up for. */
    private static final long SAVED_NANOS_MAX = NANOS_PER_SECOND / 10;

    private long bytesPerSecond;
    private long nextNanos;
    private boolean begun;

    public Pace(long bytesPerSecond) {
        limitTo(bytesPerSecond);
    }

    /** From the next bytes on. */
    public void limitTo(long newBytesPerSecond) {
        if (newBytesPerSecond < 1) {
            throw new IllegalArgumentException("pace of " + newBytesPerSecond + " bytes per second is below 1");
        }
        bytesPerSecond = newBytesPerSecond;
    }

    /** Nanoseconds until more bytes may go; 0 for at once. {@code nowNanos} is monotonic. */
    public long waitNanos(long nowNanos) {
        return begun ? Math.max(0, nextNanos - nowNanos) : 0;
    }

    /** Does as if bytes that were counted a moment ago had not gone. */
    public void giveBack(long bytes) {
        nextNanos -= nanos(bytes);
    }

    /** Counts bytes that go now. */
    public void spend(long bytes, long nowNanos) {
        long earliest = nowNanos - SAVED_NANOS_MAX;
        long from = !begun ? nowNanos : nextNanos - earliest > 0 ? nextNanos : earliest;
        begun = true;
        nextNanos = from + nanos(bytes);
    }

    private long nanos(long bytes) {
        return (long) ((double) bytes / bytesPerSecond * NANOS_PER_SECOND);
    }
}
