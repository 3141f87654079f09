package io.mortar.benchmarks.part;

import io.mortar.benchmarks.load.Load;
import io.mortar.benchmarks.load.Request;
import io.mortar.benchmarks.load.SteadyClient;
import io.mortar.benchmarks.load.SyncedFiles;
import io.mortar.benchmarks.machine.Command;
import io.mortar.benchmarks.machine.SeededFile;
import io.mortar.benchmarks.report.Figure;
import io.mortar.benchmarks.report.Figure.Target;
import io.mortar.benchmarks.report.Report;
import io.mortar.benchmarks.report.Samples;
import io.mortar.benchmarks.server.Gluster;
import io.mortar.benchmarks.server.MortarPool;
import io.mortar.benchmarks.server.PoolNode;
import io.mortar.benchmarks.server.PoolVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Three copies on three nodes beside GlusterFS with three replicas: transfers, small files, a node that freezes. */
public final class GlusterPart {
    private static final double MIB = 1024 * 1024;
    private static final double STALL_SECONDS_MAX = 10;
    private static final int SMALL_BYTES = 4096;
    private static final int STEADY_BYTES = 1 << 20;
    private static final int WRITERS = 8;
    private static final int LEAD_SECONDS = 2;
    /** Longer than GlusterFS waits for a server by default, which is 42 s. */
    private static final int FROZEN_SECONDS = 60;

    private final Bench bench;
    private final MortarPool pool;
    private final Gluster gluster;
    private final long largeBytes;
    private final int smallFiles;
    private final Map<String, Samples> samples = new LinkedHashMap<>();

    /**
     * @param pool of three nodes; gets a volume
     * @param largeBytes of the file that is transferred
     * @param smallFiles that are written
     */
    public GlusterPart(Bench bench, MortarPool pool, Gluster gluster, long largeBytes, int smallFiles) {
        this.bench = bench;
        this.pool = pool;
        this.gluster = gluster;
        this.largeBytes = largeBytes;
        this.smallFiles = smallFiles;
    }

    public void run() throws IOException, InterruptedException {
        PoolVolume volume = pool.createVolume("copies", 1, MortarPool.VOTERS);
        Path source = SeededFile.create(bench.directory().resolve("source"), 9, largeBytes);
        String large = Math.round(largeBytes / MIB) + " MiB";
        for (int round = 0; round < bench.rounds(); round++) {
            transferOurs(volume, source, large);
            transferTheirs(source, large);
            smallFiles(volume, round);
            freeze(volume, round);
        }
        samples.forEach((key, measured) -> {
            String[] parts = key.split("\\|");
            boolean ours = parts[0].equals(Report.MORTAR);
            bench.report().add(new Figure(parts[1], parts[0], parts[2], measured, ours ? target(parts[1]) : null));
        });
    }

    private static @Nullable Target target(String what) {
        return what.contains("freezes") ? Target.atMost(STALL_SECONDS_MAX) : null;
    }

    private void note(String server, String what, String unit, double value) {
        System.out.printf("  %s, %s: %.2f %s%n", server, what, value, unit);
        samples.computeIfAbsent(server + "|" + what + "|" + unit, k -> new Samples())
                .add(value);
    }

    private void rest() throws IOException, InterruptedException {
        bench.settle();
        Command.sync();
    }

    private void transferOurs(PoolVolume volume, Path source, String large) throws IOException, InterruptedException {
        String url = volume.url(pool.nodes().get(0), "large").toString();
        rest();
        double put =
                Command.secondsOf(List.of(List.of("curl", "-sSf", "-o", "/dev/null", "-T", source.toString(), url)));
        note(Report.MORTAR, "durable write of " + large + ", three copies", "MiB/s", largeBytes / MIB / put);
        rest();
        double get = Command.secondsOf(List.of(List.of("curl", "-sSf", "-o", "/dev/null", url)));
        note(Report.MORTAR, "read of " + large, "MiB/s", largeBytes / MIB / get);
        Command.run("curl", "-sSf", "-X", "DELETE", url);
    }

    private void transferTheirs(Path source, String large) throws IOException, InterruptedException {
        Path file = gluster.mounted().resolve("large");
        rest();
        double write = Command.secondsOf(
                List.of(List.of("dd", "if=" + source, "of=" + file, "bs=1M", "conv=fsync", "status=none")));
        note(Gluster.NAME, "durable write of " + large + ", three copies", "MiB/s", largeBytes / MIB / write);
        gluster.remount();
        rest();
        double read = Command.secondsOf(List.of(List.of("dd", "if=" + file, "of=/dev/null", "bs=1M", "status=none")));
        note(Gluster.NAME, "read of " + large, "MiB/s", largeBytes / MIB / read);
        Files.delete(file);
    }

    private void smallFiles(PoolVolume volume, int round) throws IOException, InterruptedException {
        String what = "durable files of 4 KiB, " + WRITERS + " writers";
        byte[] content = SeededFile.bytes(10, SMALL_BYTES);
        rest();
        double ours = Load.run(
                        List.of(pool.base()),
                        WRITERS,
                        smallFiles,
                        i -> Request.put(volume.path("small" + round + "/f" + i), content),
                        0)
                .requestsPerSecond();
        note(Report.MORTAR, what, "/s", ours);
        Path directory = Files.createDirectory(gluster.mounted().resolve("small" + round));
        rest();
        note(Gluster.NAME, what, "/s", SyncedFiles.perSecond(directory, WRITERS, smallFiles, content));
    }

    /** A process that is suspended stands for a machine that hangs or is cut off: its connections stay open. */
    private void freeze(PoolVolume volume, int round) throws IOException, InterruptedException {
        String what = "a node freezes: longest gap of a writer on another one";
        byte[] content = SeededFile.bytes(12, STEADY_BYTES);
        PoolNode leader = pool.awaitSettled();
        PoolNode victim =
                pool.nodes().stream().filter(node -> node != leader).findFirst().orElseThrow();
        rest();
        try (SteadyClient writer = SteadyClient.start(
                leader.base(), i -> Request.put(volume.path("steady" + round + "/f" + i), content))) {
            TimeUnit.SECONDS.sleep(LEAD_SECONDS);
            long begin = System.nanoTime();
            Command.run("kill", "-STOP", Long.toString(victim.pid()));
            TimeUnit.SECONDS.sleep(FROZEN_SECONDS);
            long end = System.nanoTime();
            Command.run("kill", "-CONT", Long.toString(victim.pid()));
            note(Report.MORTAR, what, "s", writer.longestGapSeconds(begin, end));
        }
        pool.awaitSettled();
        volume.awaitOnline(leader);
        volume.awaitWhole(leader);
        rest();
        Path directory = Files.createDirectory(gluster.mounted().resolve("steady" + round));
        try (SyncedFiles writer = SyncedFiles.startSteady(directory, content)) {
            TimeUnit.SECONDS.sleep(LEAD_SECONDS);
            long begin = System.nanoTime();
            gluster.signalBrick(round % MortarPool.VOTERS, "STOP");
            TimeUnit.SECONDS.sleep(FROZEN_SECONDS);
            long end = System.nanoTime();
            gluster.signalBrick(round % MortarPool.VOTERS, "CONT");
            note(Gluster.NAME, what, "s", writer.longestGapSeconds(begin, end));
        }
    }
}
