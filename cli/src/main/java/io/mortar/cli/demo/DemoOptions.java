package io.mortar.cli.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code mortar demo} was told.
 *
 * @param directory where the data stays; null for a temporary one that is removed
 * @param keep whether the pool runs on until the process is told to stop
 */
public record DemoOptions(
        @Nullable Path directory, boolean keep, boolean json, int port, int httpPort, long sampleSizeBytes) {
    static final String VOLUME = "bt-vol";
    static final int NODE_COUNT = 3;

    static String host(int number) {
        return "127.0.0." + number;
    }

    String address(int number) {
        return host(number) + ":" + port;
    }

    String url(int number) {
        return "http://" + host(number) + ":" + httpPort;
    }
}
