package io.mortar.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A volume of a pool; all nodes serve it. */
public record PoolVolume(String name) {
    private static final Duration HEALING_MAX = Duration.ofMinutes(10);
    private static final long POLL_NANOS = 50_000_000;

    /** Absolute path, on every node, of the file or directory {@code relative}. */
    public String path(String relative) {
        return "/files/" + name + "/" + relative;
    }

    public URI url(PoolNode node, String relative) {
        return node.base().resolve(path(relative));
    }

    /** How bricks and copies are, as {@code node} says. */
    public VolumeHealth health(PoolNode node) throws IOException, InterruptedException {
        return VolumeHealth.parse(text(node, ""), text(node, "/heal"));
    }

    /** Waits until all bricks are online; throws when they do not get there in ten minutes. */
    public void awaitOnline(PoolNode node) throws IOException, InterruptedException {
        await(node, seen -> seen.bricksNotOnline() == 0);
    }

    /** Waits until all bricks are online and lack nothing; throws when they do not get there in ten minutes. */
    public void awaitWhole(PoolNode node) throws IOException, InterruptedException {
        await(node, VolumeHealth::isWhole);
    }

    private void await(PoolNode node, Predicate<VolumeHealth> wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + HEALING_MAX.toNanos();
        while (true) {
            VolumeHealth seen = health(node);
            if (wanted.test(seen)) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new IOException("volume " + name + " was not online and healed in " + HEALING_MAX + ": " + seen);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private String text(PoolNode node, String what) throws IOException, InterruptedException {
        return new String(Http.get(node.base().resolve("/api/v1/volumes/" + name + what)), StandardCharsets.UTF_8);
    }
}
