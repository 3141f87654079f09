package io.mortar.multijvm.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.Directories;
import io.mortar.multijvm.pool.PoolExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Steps that change a loaded volume, each looked at while it is under way. */
final class Elasticity {
    private static final Duration STEP_MAX = Duration.ofMinutes(5);
    /** Answers of clients between two kills. */
    private static final int MOMENT_MAX = 150;

    private final LoadedPool loaded;
    private final ChangingVolume volume;
    private final SplittableRandom random;

    Elasticity(LoadedPool loaded) {
        this.loaded = loaded;
        this.volume = loaded.volume();
        this.random = new SplittableRandom(loaded.seed());
    }

    /** Pauses of the pool's background work that suit a test, and a rate at which a job is not over before it is disturbed. */
    static PoolExtension configured(PoolExtension pool, int jobMebibytesPerSecond) {
        return pool.configured("""
                mortar.coordinator {
                  lease = 8s
                  heal { interval = 500ms, interval-max = 2s }
                  jobs { interval = 200ms, retry-interval = 1s, rate = %d MiB }
                  purge { delay = 3s, pin = 5s, interval = 200ms, interval-max = 2s }
                }
                mortar.registry.retry-interval = 1s
                mortar.brick.report-interval = 500ms
                """.formatted(jobMebibytesPerSecond));
    }

    /** Waits until a job of that kind has moved files and has not ended; its number. */
    long awaitHalfWay(String kind) {
        return Await.value(
                "a " + kind + " is under way",
                STEP_MAX,
                () -> volume.running(kind).stream()
                        .filter(job -> job.path("filesDone").asLong() > 0)
                        .findFirst()
                        .map(job -> job.path("id").asLong())
                        .orElse(null));
    }

    void killAndStart(int node) throws IOException, InterruptedException {
        loaded.victims().killAndStart(node);
    }

    /** Kills up to {@code kills} nodes, one after the other, at random moments while a job of that kind is under way; its number. */
    long disturb(String kind, int kills) throws IOException, InterruptedException {
        long job = awaitHalfWay(kind);
        for (int kill = 0; kill < kills && !ChangingVolume.hasEnded(volume.job(job)); kill++) {
            loaded.awaitAnswers(random.nextInt(MOMENT_MAX));
            killAndStart(
                    random.nextBoolean()
                            ? volume.leader()
                            : random.nextInt(loaded.victims().count()));
            loaded.awaitWhole("a node was killed during a " + kind);
        }
        return job;
    }

    /** Waits until the job is done, which must have moved something. */
    void awaitDone(long job) {
        Await.until("job " + job + " is done", STEP_MAX, () -> {
            JsonNode seen = volume.job(job);
            if (!seen.path("state").asText().equals("DONE")) {
                throw new IllegalStateException(seen.toString());
            }
            return true;
        });
        assertThat(volume.job(job).path("filesDone").asLong()).isPositive();
    }

    /** Waits until {@code brick} is out of the volume, and its directory has no chunks. */
    void awaitDetached(String brick) {
        Await.until(brick + " is detached", STEP_MAX, () -> {
            if (volume.bricks().contains(brick)) {
                throw new IllegalStateException(volume.jobs().toString());
            }
            return true;
        });
        Path directory = Path.of(brick.substring(brick.indexOf(':') + 1));
        Await.until("no chunk is left in " + directory, STEP_MAX, () -> {
            List<Path> left = Directories.filesIn(directory, any -> true);
            if (!left.isEmpty()) {
                throw new IllegalStateException(left.toString());
            }
            return true;
        });
    }

    /** Waits until no job of that kind is left that has not ended. */
    void awaitNone(String kind) {
        Await.until(
                "no " + kind + " is under way",
                STEP_MAX,
                () -> volume.running(kind).isEmpty());
    }

    /** Waits until all nodes are there and nothing is wrong with the volume, which must be made of {@code bricks}. */
    void awaitWell(List<String> bricks) {
        loaded.awaitWhole("all changes");
        Await.until("the volume is well", STEP_MAX, () -> {
            JsonNode described = volume.describe();
            if (!described.path("verdict").asText().equals("OK")) {
                throw new IllegalStateException(described.toString());
            }
            return true;
        });
        assertThat(volume.bricks()).containsExactlyInAnyOrderElementsOf(bricks);
        assertThat(volume.jobs()).noneMatch(job -> job.path("state").asText().equals("FAILED"));
    }
}
