package io.mortar.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A volume of a pool; all nodes serve it. */
public record PoolVolume(String name) {
    private static final Duration HEALING_MAX = Duration.ofMinutes(10);
    private static final Duration RELEASE_MAX = Duration.ofMinutes(1);
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

    /** Begins to take the brick of {@code node} out of the volume. */
    public void removeBrick(PoolNode node, PoolNode asked) throws IOException, InterruptedException {
        Http.postJson(api(asked, "/bricks/remove"), bricks(node));
    }

    /** Gives the volume a brick on {@code node}, where it had one before, as soon as the node has given that one back. */
    public void addBrick(PoolNode node, PoolNode asked) throws IOException, InterruptedException {
        long end = System.nanoTime() + RELEASE_MAX.toNanos();
        while (true) {
            try {
                Http.postJson(api(asked, "/bricks"), bricks(node));
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private String bricks(PoolNode node) {
        return "{\"bricks\":[\"%s:%s\"]}".formatted(node.name(), node.brick(name));
    }

    public void startRebalance(PoolNode asked) throws IOException, InterruptedException {
        Http.postJson(api(asked, "/jobs"), "{\"kind\":\"rebalance\"}");
    }

    public void pauseHealing(PoolNode asked, boolean paused) throws IOException, InterruptedException {
        Http.postJson(api(asked, "/jobs/1"), "{\"action\":\"%s\"}".formatted(paused ? "pause" : "resume"));
    }

    /** The job of {@code kind} that was begun last; null if there is none. */
    public @Nullable JobProgress job(PoolNode asked, String kind) throws IOException, InterruptedException {
        return JobProgress.lastOf(kind, text(asked, "/jobs"));
    }

    /** How many bricks the volume has. */
    public int brickCount(PoolNode asked) throws IOException, InterruptedException {
        return health(asked).bricks();
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
        return new String(Http.get(api(node, what)), StandardCharsets.UTF_8);
    }

    private URI api(PoolNode node, String what) {
        return node.base().resolve("/api/v1/volumes/" + name + what);
    }
}
