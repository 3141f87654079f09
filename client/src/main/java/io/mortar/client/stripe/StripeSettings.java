package io.mortar.client.stripe;

import java.time.Duration;

/**
 * How files are written and read.
 *
 * @param admissionWait how long a request waits for its first memory before it is refused with OVERLOADED
 * @param permitWait how long a running transfer waits for memory; longer, since what it already moved would be lost
 * @param chunksInFlightPerColumn chunks per stripe column that one transfer has on the way at most
 * @param copyWait how long a chunk that has as many copies as are asked for at least waits for the others
 * @param hedgeDelay after which a chunk is asked of another brick, too
 */
public record StripeSettings(
        Duration admissionWait,
        Duration permitWait,
        int chunksInFlightPerColumn,
        Duration copyWait,
        Duration hedgeDelay) {
    public static final StripeSettings DEFAULT = new StripeSettings(
            Duration.ofSeconds(10), Duration.ofSeconds(60), 3, Duration.ofSeconds(5), Duration.ofSeconds(1));
}
