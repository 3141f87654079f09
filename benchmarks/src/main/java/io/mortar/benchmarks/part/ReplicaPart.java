package io.mortar.benchmarks.part;

import io.mortar.benchmarks.machine.Command;
import io.mortar.benchmarks.machine.ProcessStat;
import io.mortar.benchmarks.machine.SeededFile;
import io.mortar.benchmarks.report.Figure.Target;
import io.mortar.benchmarks.report.Samples;
import io.mortar.benchmarks.server.Http;
import io.mortar.benchmarks.server.MortarPool;
import io.mortar.benchmarks.server.PoolNode;
import io.mortar.benchmarks.server.PoolVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What copies cost: a large file in a volume with two copies beside one without, and what they give when a node is lost. */
public final class ReplicaPart {
    private static final double MIB = 1024 * 1024;
    private static final double GIB = 1024 * MIB;
    private static final double PUT_RATIO_MIN = 0.45;
    private static final double GET_RATIO_MIN = 0.95;
    private static final double STALL_SECONDS_MAX = 10;
    private static final int STRIPE = 2;
    private static final int NODES = 4;
    private static final String FILE = "large";

    private final Bench bench;
    private final MortarPool pool;
    private final long largeBytes;
    private final int mediumBytes;

    /**
     * @param pool gets more nodes and volumes
     * @param largeBytes of the file of each transfer
     * @param mediumBytes of the files that are written while nodes are lost
     */
    public ReplicaPart(Bench bench, MortarPool pool, long largeBytes, int mediumBytes) {
        this.bench = bench;
        this.pool = pool;
        this.largeBytes = largeBytes;
        this.mediumBytes = mediumBytes;
    }

    public void run() throws IOException, InterruptedException {
        while (pool.nodes().size() < NODES) {
            pool.add();
        }
        PoolVolume plain = pool.createVolume("plain", STRIPE, 1);
        PoolVolume copies = pool.createVolume("copies", STRIPE, 2);
        transfers(plain, copies);
        new BrickOutages(bench, pool, copies, mediumBytes).run(STALL_SECONDS_MAX);
    }

    private void transfers(PoolVolume plain, PoolVolume copies) throws IOException, InterruptedException {
        Path source = SeededFile.create(bench.directory().resolve("source"), 5, largeBytes);
        List<PoolVolume> order = new ArrayList<>(List.of(plain, copies));
        for (PoolVolume volume : order) {
            transfer(volume, source);
        }
        Map<String, Samples> samples = new HashMap<>();
        for (int round = 0; round < bench.rounds(); round++) {
            Map<String, Double> measured = new HashMap<>();
            for (PoolVolume volume : order) {
                measured.putAll(transfer(volume, source));
            }
            for (String method : List.of("PUT", "GET")) {
                double ratio = rate(measured, method, copies) / rate(measured, method, plain);
                samples.computeIfAbsent(method, k -> new Samples()).add(ratio);
            }
            measured.forEach((what, value) ->
                    samples.computeIfAbsent(what, k -> new Samples()).add(value));
            Collections.rotate(order, 1);
        }
        Files.delete(source);
        record("PUT", PUT_RATIO_MIN, List.of(plain, copies), samples);
        record("GET", GET_RATIO_MIN, List.of(plain, copies), samples);
    }

    private static double rate(Map<String, Double> measured, String method, PoolVolume volume) {
        return measured.getOrDefault(method + volume.name(), Double.NaN);
    }

    private void record(String method, double ratioMin, List<PoolVolume> volumes, Map<String, Samples> samples) {
        String what = method + " of " + Math.round(largeBytes / MIB) + " MiB, ";
        for (PoolVolume volume : volumes) {
            String key = method + volume.name();
            bench.record(what + volume.name(), "MiB/s", samples.getOrDefault(key, new Samples()), null);
            bench.record(
                    "CPU for " + what + volume.name(), "s/GiB", samples.getOrDefault(key + "cpu", new Samples()), null);
        }
        Samples ratios = samples.getOrDefault(method, new Samples());
        bench.record(what + "copies / plain of a round", "", ratios, Target.atLeast(ratioMin));
    }

    /** A PUT and a GET through the first node; then the file is read through that and the last one, compared and deleted. */
    private Map<String, Double> transfer(PoolVolume volume, Path source) throws IOException, InterruptedException {
        PoolNode first = pool.nodes().get(0);
        PoolNode last = pool.nodes().get(NODES - 1);
        String url = volume.url(first, FILE).toString();
        Map<String, Double> measured = new HashMap<>();
        measured.putAll(
                timed("PUT" + volume.name(), List.of("curl", "-sSf", "-o", "/dev/null", "-T", source.toString(), url)));
        measured.putAll(timed("GET" + volume.name(), List.of("curl", "-sSf", "-o", "/dev/null", url)));
        Path copy = bench.directory().resolve("copy");
        for (PoolNode node : List.of(first, last)) {
            Command.run(
                    "curl",
                    "-sSf",
                    "-o",
                    copy.toString(),
                    volume.url(node, FILE).toString());
            if (Files.mismatch(source, copy) != -1) {
                throw new IOException(node.name() + " gave back other bytes of " + volume + " than were written");
            }
        }
        Files.delete(copy);
        Http.delete(volume.url(first, FILE));
        bench.settle();
        return measured;
    }

    private Map<String, Double> timed(String key, List<String> command) throws IOException, InterruptedException {
        Command.sync();
        double before = ProcessStat.cpuSeconds(pool.pids());
        double seconds = Command.secondsOf(List.of(command));
        double cpu = ProcessStat.cpuSeconds(pool.pids()) - before;
        return Map.of(key, largeBytes / MIB / seconds, key + "cpu", cpu / (largeBytes / GIB));
    }
}
