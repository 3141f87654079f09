package io.mortar.cli.demo;

import io.mortar.cli.local.LocalPlan;
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

    LocalPlan plan() {
        return new LocalPlan("demo", NODE_COUNT, port, httpPort);
    }

    String url(int number) {
        return plan().url(number);
    }
}
