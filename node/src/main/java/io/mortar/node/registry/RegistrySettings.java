package io.mortar.node.registry;

import io.mortar.core.registry.RegistryLimits;
import java.time.Duration;

/**
 * Settings of the registry.
 *
 * @param prepareTimeout how long a node may take to prepare a brick before the creation of its volume is given up
 * @param releaseTimeout how long the answer to a deletion waits for nodes that can be reached to give back their bricks; those that
 *     take longer are asked again in the background
 * @param usageTimeout how long a description waits for the counts of a volume's files; below 5 seconds
 * @param retryInterval time between repetitions of what nodes have not answered yet
 * @param requestCountMax requests that wait for something else at one time; those beyond it are refused with OVERLOADED
 */
public record RegistrySettings(
        String journalPluginId,
        String snapshotPluginId,
        Duration prepareTimeout,
        Duration releaseTimeout,
        Duration usageTimeout,
        Duration retryInterval,
        int requestCountMax,
        RegistryLimits limits) {
    /** A description is promised within 5 seconds; this leaves room for the way there and back. */
    private static final Duration USAGE_TIMEOUT_MAX = Duration.ofMillis(4500);

    public RegistrySettings {
        positive("prepare-timeout", prepareTimeout);
        positive("release-timeout", releaseTimeout);
        positive("usage-timeout", usageTimeout);
        positive("retry-interval", retryInterval);
        if (usageTimeout.compareTo(USAGE_TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException(
                    "registry usage-timeout " + usageTimeout + " is above " + USAGE_TIMEOUT_MAX);
        }
        if (requestCountMax < 1) {
            throw new IllegalArgumentException("registry requests-max " + requestCountMax + " is below 1");
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("registry " + key + " " + value + " is not positive");
        }
    }
}
