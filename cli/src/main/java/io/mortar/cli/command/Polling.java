package io.mortar.cli.command;

import io.mortar.cli.failure.CommandFailedException;
import java.time.Duration;

/** Waits between two looks at something that goes on in the pool. */
final class Polling {
    private Polling() {}

    /** @param whenInterrupted says what is going on without this command, and how to look at it; fails with it, as done in part */
    static void pause(Duration interval, String whenInterrupted) {
        try {
            Thread.sleep(interval.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.incomplete(whenInterrupted);
        }
    }
}
