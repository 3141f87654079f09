package io.mortar.node.brick;

import java.util.function.LongSupplier;

/**
 * Lets clients go before the copying between bricks. One for all bricks of a node, which share its network and often a disk. While clients
 * use any of them, copies get a share of what is moved in all, measured over the last second or so, and a floor below which they never
 * fall; when no client has asked for a while, nothing holds them back. What is not admitted is refused, never kept waiting: whoever asked
 * comes again. Safe for use by several threads.
 */
final class RightOfWay {
    /** What a request costs beside its bytes: about what a disk moves while it seeks or syncs, so that small chunks count for what they are. */
    static final int REQUEST_COST_BYTES = 64 * 1024;

    private static final double NANOS_PER_SECOND = 1e9;
    /** Credit that was not used for longer is lost, so that no burst makes up for it. Longer than refused ones take to come again. */
    private static final double CREDIT_SECONDS_MAX = 0.25;

    /** Longer than any client waits: what is not done by then hangs, and must not hold back the healing of what it hangs on. */
    private static final long CLIENT_NANOS_MAX = 120_000_000_000L;

    private final BackgroundSettings settings;
    private final LongSupplier nanoTime;
    /** Requests of clients that are being worked on. */
    private int clientCount;
    /** Cost of clients' requests, each fading by a factor of e a second: what they cost per second of late. */
    private double clientRate;

    private long fadedNanos;
    private long lastClientNanos;
    private long lastBeginNanos;
    /** What may be copied now; below 0 after a chunk that was larger than it. */
    private double credit;

    /** @param nanoTime monotonic */
    RightOfWay(BackgroundSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.fadedNanos = nanoTime.getAsLong();
        this.lastClientNanos = fadedNanos - settings.quiet().toNanos();
    }

    /** A client has a brick read or store {@code bytes}; {@link #clientEnds} is to be called when that is done. */
    synchronized void clientBegins(long bytes) {
        advance();
        clientRate += bytes + REQUEST_COST_BYTES;
        clientCount++;
        lastBeginNanos = nanoTime.getAsLong();
    }

    synchronized void clientEnds() {
        clientCount--;
        lastClientNanos = nanoTime.getAsLong();
    }

    /** Whether {@code bytes} may be read or stored for another brick now. */
    synchronized boolean admit(long bytes) {
        advance();
        if (isQuiet()) {
            return true;
        }
        if (credit < 0) {
            return false;
        }
        credit -= bytes + REQUEST_COST_BYTES;
        return true;
    }

    /** What was admitted came to nothing. */
    synchronized void giveBack(long bytes) {
        credit += bytes + REQUEST_COST_BYTES;
    }

    private boolean isQuiet() {
        boolean isAnyServed = clientCount > 0 && nanoTime.getAsLong() - lastBeginNanos < CLIENT_NANOS_MAX;
        return !isAnyServed
                && nanoTime.getAsLong() - lastClientNanos >= settings.quiet().toNanos();
    }

    private void advance() {
        long now = nanoTime.getAsLong();
        double seconds = (now - fadedNanos) / NANOS_PER_SECOND;
        double rate = Math.max(
                (double) settings.floorBytesPerSecond(),
                clientRate * settings.sharePercent() / (100 - settings.sharePercent()));
        credit = Math.min(credit + rate * seconds, rate * CREDIT_SECONDS_MAX);
        clientRate *= Math.exp(-seconds);
        fadedNanos = now;
    }
}
