package io.mortar.cli.drill.load;

import java.time.Duration;

/**
 * What a load is like.
 *
 * @param seed of names, sizes, contents and the order of operations
 * @param clients that work at the same time, each on files of its own
 * @param filesMax files of one client at one time
 * @param sizeBytesMax of a file; at most twice that is held for each client
 * @param rest of a client between two operations
 * @param patience how long an operation is repeated before it counts as never answered
 */
public record LoadSettings(long seed, int clients, int filesMax, int sizeBytesMax, Duration rest, Duration patience) {
    /** Four clients that together keep up to about 100 MB of files. */
    public static LoadSettings of(long seed) {
        return new LoadSettings(seed, 4, 60, 4 << 20, Duration.ofMillis(20), Duration.ofMinutes(3));
    }
}
