package io.mortar.benchmarks.part;

import io.mortar.benchmarks.load.Load;
import io.mortar.benchmarks.load.MixedClients;
import io.mortar.benchmarks.load.Request;
import io.mortar.benchmarks.machine.Command;
import io.mortar.benchmarks.machine.SeededFile;
import io.mortar.benchmarks.part.CopyRate.Count;
import io.mortar.benchmarks.report.Figure.Target;
import io.mortar.benchmarks.report.Samples;
import io.mortar.benchmarks.server.Http;
import io.mortar.benchmarks.server.JobProgress;
import io.mortar.benchmarks.server.MortarPool;
import io.mortar.benchmarks.server.PoolNode;
import io.mortar.benchmarks.server.PoolVolume;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How fast a pool that is idle moves and heals files, beside how fast it copies files for clients; and what clients lose while it does so.
 */
public final class JobsPart {
    /** A drained brick is given back when nobody can read the copies on it any more, which takes a minute by default. */
    public static final String JAVA_OPTIONS = "-Dmortar.coordinator.purge.delay=5s";

    private static final double MIB = 1024 * 1024;
    private static final double IDLE_RATIO_MIN = 0.50;
    private static final double CLIENTS_RATIO_MIN = 0.70;
    private static final int NODES = 4;
    private static final int COPY_CONNECTIONS = 8;
    private static final int CLIENT_FILE_BYTES = 2 << 20;
    private static final int LEAD_SECONDS = 2;
    private static final long POLL_NANOS = 50_000_000;

    private final Bench bench;
    private final MortarPool pool;
    private final int fileBytes;
    private final int files;
    private final int seconds;
    private final Map<String, Samples> samples = new LinkedHashMap<>();

    /**
     * @param pool gets more nodes and volumes
     * @param totalBytes that are there to be moved
     * @param seconds that clients are measured for at a time
     */
    public JobsPart(Bench bench, MortarPool pool, long totalBytes, int seconds) {
        this.bench = bench;
        this.pool = pool;
        this.fileBytes = 8 << 20;
        this.files = Math.toIntExact(totalBytes / fileBytes);
        this.seconds = seconds;
    }

    public void run() throws IOException, InterruptedException {
        while (pool.nodes().size() < NODES) {
            pool.add();
        }
        PoolVolume plain = pool.createVolume("plain", 1, 1);
        PoolVolume moved = pool.createVolume("moved", 1, 2);
        PoolVolume healed = pool.createVolume("healed", 1, NODES);
        put(plain, "data", files / 2, pool.nodes());
        put(moved, "data", files, pool.nodes());
        copyByClients(plain);
        for (int round = 0; round < bench.rounds(); round++) {
            double raw = copyByClients(plain);
            PoolNode victim = others(pool.awaitSettled()).get(round % (NODES - 1));
            idleMoves(moved, victim, raw);
            idleHeal(healed, victim, raw);
            busyMoves(moved, victim);
            busyHeal(healed, moved, victim);
            note("copied by " + COPY_CONNECTIONS + " clients (COPY), nothing else to do", raw / MIB);
        }
        samples.forEach(this::record);
    }

    private void note(String what, double value) {
        System.out.printf("  %s: %.2f%n", what, value);
        samples.computeIfAbsent(what, k -> new Samples()).add(value);
    }

    private void record(String what, Samples measured) {
        boolean isRatio = what.contains(" / ");
        Target target =
                isRatio ? Target.atLeast(what.contains("clients with") ? CLIENTS_RATIO_MIN : IDLE_RATIO_MIN) : null;
        bench.record(what, isRatio ? "" : "MiB/s", measured, target);
    }

    private List<PoolNode> others(PoolNode leader) {
        return pool.nodes().stream().filter(node -> node != leader).toList();
    }

    private PoolNode leader() throws IOException, InterruptedException {
        return pool.awaitSettled();
    }

    private void put(PoolVolume volume, String directory, int count, List<PoolNode> through)
            throws IOException, InterruptedException {
        byte[] content = SeededFile.bytes(7, fileBytes);
        Load.run(
                through.stream().map(PoolNode::base).toList(),
                through.size(),
                count,
                i -> Request.put(volume.path(directory + "/f" + i), content),
                count);
    }

    /** What the pool can copy: bytes per second of files that clients have copied, at the same time, without reading or sending a byte. */
    private double copyByClients(PoolVolume plain) throws IOException, InterruptedException {
        rest();
        double perSecond = Load.run(
                        pool.nodes().stream().map(PoolNode::base).toList(),
                        COPY_CONNECTIONS,
                        files / 2,
                        i -> Request.copy(plain.path("data/f" + i), plain.path("copy/f" + i)),
                        files)
                .requestsPerSecond();
        Http.delete(URI.create(plain.url(leader(), "copy") + "?recursive"));
        return perSecond * fileBytes;
    }

    private void rest() throws IOException, InterruptedException {
        bench.settle();
        Command.sync();
    }

    private void idleMoves(PoolVolume volume, PoolNode victim, double raw) throws IOException, InterruptedException {
        rest();
        volume.removeBrick(victim, leader());
        noteIdle("drain", moves(volume, "drain").toTheEnd(), raw);
        giveBack(volume, victim);
        rest();
        volume.startRebalance(leader());
        noteIdle("rebalance", moves(volume, "rebalance").toTheEnd(), raw);
    }

    private void noteIdle(String kind, double rate, double raw) {
        note(kind + ", nothing else to do", rate / MIB);
        note(kind + " / copied by clients, nothing else to do", rate / raw);
    }

    private CopyRate moves(PoolVolume volume, String kind) throws IOException, InterruptedException {
        PoolNode leader = leader();
        JobProgress last = volume.job(leader, kind);
        long ended = last == null || last.isRunning() ? 0 : last.id();
        return CopyRate.of(
                () -> {
                    JobProgress job = volume.job(leader, kind);
                    boolean begun = job != null && job.id() > ended;
                    return begun && job != null
                            ? new Count(job.bytesDone(), job.isCopied() || !job.isRunning())
                            : new Count(0, false);
                },
                0);
    }

    /** Waits until the brick is none of the volume's, then adds it again. */
    private void giveBack(PoolVolume volume, PoolNode victim) throws IOException, InterruptedException {
        PoolNode leader = leader();
        while (volume.brickCount(leader) == NODES) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        volume.addBrick(victim, leader);
        volume.awaitOnline(leader);
    }

    private void idleHeal(PoolVolume volume, PoolNode victim, double raw) throws IOException, InterruptedException {
        CopyRate heal = lackingHeal(volume, victim);
        volume.pauseHealing(leader(), false);
        noteIdle("heal", heal.toTheEnd(), raw);
        empty(volume);
    }

    /** A volume of which {@code victim} lacks files that were written while it was away; healing is paused. */
    private CopyRate lackingHeal(PoolVolume volume, PoolNode victim) throws IOException, InterruptedException {
        PoolNode leader = leader();
        volume.pauseHealing(leader, true);
        victim.kill();
        victim.awaitExit();
        put(volume, "missed", files / 2, others(victim));
        victim.restart();
        victim.awaitAnswer("/health/ready");
        volume.awaitOnline(leader);
        rest();
        return CopyRate.of(
                () -> new Count(
                        volume.health(leader).copiedBytes(),
                        volume.health(leader).isWhole()),
                volume.health(leader).copiedBytes());
    }

    private void empty(PoolVolume volume) throws IOException, InterruptedException {
        Http.delete(URI.create(volume.url(leader(), "missed") + "?recursive"));
        rest();
    }

    private void busyMoves(PoolVolume volume, PoolNode victim) throws IOException, InterruptedException {
        rest();
        beside("drain", volume, () -> {
            volume.removeBrick(victim, leader());
            return moves(volume, "drain");
        });
        giveBack(volume, victim);
        rest();
        volume.startRebalance(leader());
        moves(volume, "rebalance").toTheEnd();
    }

    private void busyHeal(PoolVolume healed, PoolVolume clients, PoolNode victim)
            throws IOException, InterruptedException {
        CopyRate heal = lackingHeal(healed, victim);
        beside("heal", clients, () -> {
            healed.pauseHealing(leader(), false);
            return heal;
        });
        empty(healed);
    }

    private interface Begin {
        CopyRate begin() throws IOException, InterruptedException;
    }

    /** Clients without, with and again without a job, which ends in between by itself. */
    private void beside(String kind, PoolVolume volume, Begin job) throws IOException, InterruptedException {
        double before = clientsAlone(volume);
        double with;
        CopyRate rate;
        try (MixedClients clients = clients(volume)) {
            rate = job.begin();
            rate.awaitBegin();
            TimeUnit.SECONDS.sleep(LEAD_SECONDS);
            Count first = rate.look();
            long begin = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            Count last = rate.look();
            long end = System.nanoTime();
            with = clients.bytesPerSecond(begin, end);
            note(kind + " beside clients", (last.bytes() - first.bytes()) / MIB / ((end - begin) / 1e9));
            failOn(clients, last.ended() ? kind + " ended before its measurement" : null);
        }
        rate.toTheEnd();
        rest();
        double after = clientsAlone(volume);
        note("clients without " + kind, (before + after) / 2 / MIB);
        note("clients with " + kind, with / MIB);
        note("clients with " + kind + " / without", with / ((before + after) / 2));
    }

    private MixedClients clients(PoolVolume volume) {
        return MixedClients.start(
                pool.nodes().stream().map(PoolNode::base).toList(),
                name -> volume.path("mixed/" + name),
                SeededFile.bytes(8, CLIENT_FILE_BYTES));
    }

    private double clientsAlone(PoolVolume volume) throws IOException, InterruptedException {
        try (MixedClients clients = clients(volume)) {
            TimeUnit.SECONDS.sleep(LEAD_SECONDS);
            long begin = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double rate = clients.bytesPerSecond(begin, System.nanoTime());
            failOn(clients, null);
            return rate;
        }
    }

    private static void failOn(MixedClients clients, @Nullable String other) throws IOException {
        if (other != null || !clients.failures().isEmpty()) {
            throw new IOException(other != null ? other : "clients failed: " + clients.failures());
        }
    }
}
