package io.mortar.client.transport;

import java.time.Duration;

/**
 * How chunks travel.
 *
 * @param windowPerBrick requests that may be unanswered per brick; what exceeds it waits in the port
 * @param readDeadline from the call to the answer; bounds how long a reader waits for a dead brick
 * @param storeDeadline from the call to the answer; slow disks need more than readers would wait
 * @param resendAfter time after which an unanswered request is sent again, with the same id
 */
public record TransportSettings(
        int windowPerBrick, Duration readDeadline, Duration storeDeadline, Duration resendAfter) {
    public static final TransportSettings DEFAULT =
            new TransportSettings(8, Duration.ofSeconds(4), Duration.ofSeconds(20), Duration.ofSeconds(3));
}
