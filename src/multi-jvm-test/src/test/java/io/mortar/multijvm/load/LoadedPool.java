package io.mortar.multijvm.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.drill.DrillReport;
import io.mortar.cli.drill.DrillReport.Injection;
import io.mortar.cli.drill.DrillText;
import io.mortar.cli.drill.FaultRound;
import io.mortar.cli.drill.HttpFiles;
import io.mortar.cli.drill.HttpSweep;
import io.mortar.cli.drill.PoolHealth;
import io.mortar.cli.drill.fault.CorruptFault;
import io.mortar.cli.drill.fault.Fault;
import io.mortar.cli.drill.load.LoadReport;
import io.mortar.cli.drill.load.LoadSettings;
import io.mortar.cli.drill.load.MixedLoad;
import io.mortar.cli.drill.load.Pace;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.RemoteFiles;
import io.mortar.cli.remote.RemotePath;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import io.mortar.multijvm.pool.Workplace;
import io.mortar.testkit.Seeds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A volume of two copies over all nodes of a pool, under the mixed load. */
final class LoadedPool implements AutoCloseable {
    static final String VOLUME = "loaded";
    private static final Duration ATTEMPT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final Duration WHOLE_MAX = Duration.ofMinutes(3);
    private static final Duration PROGRESS_MAX = Duration.ofMinutes(3);

    private final long seed;
    private final List<URI> urls;
    private final PoolVictims victims;
    private final PoolHealth health;
    private final ChangingVolume volume;
    private final MixedLoad load;
    private final List<RemotePath> directories = new ArrayList<>();
    private final List<Injection> done = new ArrayList<>();

    private LoadedPool(PoolExtension pool, long seed) {
        this.seed = seed;
        this.urls = pool.nodes().stream().map(NodeProcess::url).toList();
        this.victims = new PoolVictims(pool);
        this.health = new PoolHealth(urls, VOLUME);
        this.volume = new ChangingVolume(pool, VOLUME);
        HttpFiles files = new HttpFiles(urls, RemotePath.parse(VOLUME + ":/load"), ATTEMPT_MAX);
        this.load = new MixedLoad(files, Pace.REAL, LoadSettings.of(seed));
    }

    /** Makes the volume on {@code bricks} and has clients begin. */
    static LoadedPool begin(PoolExtension pool, List<String> bricks) throws IOException, InterruptedException {
        pool.volumes().createReplicated(VOLUME, 2, 2, bricks);
        LoadedPool loaded = new LoadedPool(pool, Seeds.upTo(1).findFirst().orElseThrow());
        RemoteFiles admin = new RemoteFiles(new NodeClient(loaded.urls.get(0), ANSWER_MAX));
        for (String path : loaded.load.directories()) {
            RemotePath directory = RemotePath.parse(VOLUME + ":/load/" + path);
            Await.until(directory + " is made", WHOLE_MAX, () -> made(admin, directory));
            loaded.directories.add(directory);
        }
        loaded.load.begin();
        return loaded;
    }

    long seed() {
        return seed;
    }

    PoolVictims victims() {
        return victims;
    }

    /** Changes the volume. */
    ChangingVolume volume() {
        return volume;
    }

    /** Flips a byte in each of {@code chunks} chunk files, and has them found. */
    Fault corruption(int chunks) {
        return new CorruptFault(victims, new HttpSweep(urls, directories), chunks, seed);
    }

    /** Waits until the clients had {@code operations} more answered. */
    void awaitAnswers(int operations) {
        int wanted = load.answered() + operations;
        Await.until(operations + " more operations are answered", PROGRESS_MAX, () -> load.answered() >= wanted);
    }

    /** Does faults for a while, see {@link FaultRound}; the pool must become whole after each. */
    void hurt(List<Fault> faults, Duration length, Duration every) throws IOException, InterruptedException {
        FaultRound round =
                new FaultRound(faults, victims.count(), victims::name, health::complaint, Pace.REAL, WHOLE_MAX);
        done.addAll(round.run(length, every, seed, injection -> {}));
        assertThat(done)
                .isNotEmpty()
                .allSatisfy(injection -> assertThat(injection.wholeAfterMillis())
                        .as(injection.toString())
                        .isNotNegative());
    }

    /** Does one fault to one node and waits until the pool is whole again. */
    void hurtOnce(Fault fault, int node) throws IOException, InterruptedException {
        awaitWhole(victims.name(node) + " was " + fault.strike(node));
    }

    /** Waits until every node and brick is there and nothing is left to heal. */
    void awaitWhole(String what) {
        Await.until("the pool is whole after " + what, WHOLE_MAX, () -> {
            String complaint = health.complaint();
            if (!complaint.isEmpty()) {
                throw new IllegalStateException(complaint);
            }
            return true;
        });
    }

    /** Ends the load and compares everything; what was seen is left in {@code target/mixed-load/} under {@code name}. */
    void assertNothingLost(String name, Duration stallMax) throws IOException, InterruptedException {
        load.end();
        long lengthMillis = load.age().toMillis();
        load.verify();
        LoadReport report = load.report();
        DrillReport text = new DrillReport(seed, done, List.of(), lengthMillis, report);
        Path target = Files.createDirectories(Workplace.results("mixed-load"));
        Files.write(target.resolve(name + ".txt"), DrillText.lines(text));
        assertThat(report.findings()).as("seed " + seed).isEmpty();
        assertThat(report.isClean()).as(report.toString()).isTrue();
        assertThat(report.unanswered()).as(report.toString()).isZero();
        assertThat(report.volume().verifiedFiles()).isPositive();
        assertThat(report.longestMillis()).as(report.toString()).isLessThanOrEqualTo(stallMax.toMillis());
    }

    @Override
    public void close() {
        load.close();
    }

    private static boolean made(RemoteFiles admin, RemotePath directory) {
        try {
            admin.makeDirectory(directory, true);
            return true;
        } catch (CommandFailedException e) {
            throw new IllegalStateException(e.text(), e);
        }
    }
}
