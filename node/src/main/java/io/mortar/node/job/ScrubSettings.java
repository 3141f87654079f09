package io.mortar.node.job;

import java.time.Duration;

/**
 * How chunks are verified in the background.
 *
 * @param bytesPerSecond that one volume's scrub reads at most
 * @param interval from the end of one scrub to the beginning of the next; zero for scrubs on demand only
 * @param requestsInFlight bricks that are asked at once
 * @param answerTimeout how long a brick may take to verify a few chunks
 */
public record ScrubSettings(long bytesPerSecond, Duration interval, int requestsInFlight, Duration answerTimeout) {
    public ScrubSettings {
        if (bytesPerSecond < 1 || requestsInFlight < 1 || interval.isNegative() || answerTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("scrub rate " + bytesPerSecond + ", requests " + requestsInFlight
                    + ", interval " + interval + " or answer timeout " + answerTimeout + " is out of range");
        }
    }

    /** What {@code reference.conf} says. */
    public static ScrubSettings standard() {
        return new ScrubSettings(16L * 1024 * 1024, Duration.ofDays(30), 4, Duration.ofSeconds(30));
    }
}
