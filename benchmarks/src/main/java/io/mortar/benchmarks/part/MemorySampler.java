package io.mortar.benchmarks.part;

import io.mortar.benchmarks.machine.ProcessStat;
import io.mortar.benchmarks.report.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Notes the resident memory of processes every second, until it is closed. */
final class MemorySampler {
    private static final double MEGABYTE = 1_000_000;

    private final List<Long> pids;
    private final List<Samples> megabytes = new ArrayList<>();
    private final PrintWriter file;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private int second;

    private MemorySampler(List<Long> pids, PrintWriter file) {
        this.pids = List.copyOf(pids);
        this.file = file;
        pids.forEach(pid -> megabytes.add(new Samples()));
    }

    /** Starts sampling; {@code timeSeries} gets a line {@code second,node1,node2,...} each time, in MB. */
    static MemorySampler start(List<Long> pids, Path timeSeries) throws IOException {
        MemorySampler sampler = new MemorySampler(pids, new PrintWriter(Files.newBufferedWriter(timeSeries)));
        sampler.file.println("second,node1_mb,node2_mb,node3_mb");
        var ticking = sampler.clock.scheduleAtFixedRate(sampler::sample, 0, 1, TimeUnit.SECONDS);
        if (ticking.isCancelled()) {
            throw new IllegalStateException("the clock does not run");
        }
        return sampler;
    }

    private void sample() {
        StringBuilder line = new StringBuilder().append(second++);
        for (int i = 0; i < pids.size(); i++) {
            double value = residentMegabytes(pids.get(i));
            megabytes.get(i).add(value);
            line.append(',').append(Math.round(value));
        }
        file.println(line);
    }

    /** NaN when the process is gone: the upload that fails because of it says so. */
    private static double residentMegabytes(long pid) {
        try {
            return ProcessStat.residentBytes(pid) / MEGABYTE;
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    void close() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(5, TimeUnit.SECONDS);
        file.close();
    }

    /** Per process, what was sampled until {@link #close}. */
    List<Samples> megabytes() {
        return List.copyOf(megabytes);
    }
}
