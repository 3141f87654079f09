package io.mortar.benchmarks.part;

import io.mortar.benchmarks.machine.ProcessStat;
import io.mortar.benchmarks.report.Figure;
import io.mortar.benchmarks.report.Figure.Target;
import io.mortar.benchmarks.report.Report;
import io.mortar.benchmarks.report.Samples;
import io.mortar.benchmarks.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What all parts work with.
 *
 * @param directory for files of the parts, on the disk that the servers use too
 * @param servers Mortar and its peer
 * @param rounds measurements of each quantity; servers take turns
 */
public record Bench(Path directory, List<Server> servers, int rounds, Report report) {
    private static final double IDLE_CPU_SHARE = 0.25;
    private static final long IDLE_WINDOW_NANOS = 500_000_000;
    private static final int IDLE_WINDOWS_MAX = 60;

    public Bench {
        servers = List.copyOf(servers);
    }

    /** The servers in the order of round {@code round}: nobody always goes first. */
    List<Server> inTurn(int round) {
        List<Server> order = new ArrayList<>(servers);
        Collections.rotate(order, round);
        return order;
    }

    void record(String name, Server server, String unit, Samples samples, @Nullable Target target) {
        boolean ours = server.name().equals(Report.MORTAR);
        report.add(new Figure(name, server.name(), unit, samples, ours ? target : null));
    }

    /** A figure of Mortar alone, which no peer has. */
    void record(String name, String unit, Samples samples, @Nullable Target target) {
        report.add(new Figure(name, Report.MORTAR, unit, samples, target));
    }

    /** Waits until the servers do nothing any more, half a minute at most: clean-up of one measurement must not slow the next. */
    void settle() throws IOException {
        for (int i = 0; i < IDLE_WINDOWS_MAX; i++) {
            double before = cpuSeconds();
            LockSupport.parkNanos(IDLE_WINDOW_NANOS);
            if ((cpuSeconds() - before) / (IDLE_WINDOW_NANOS / 1e9) < IDLE_CPU_SHARE) {
                return;
            }
        }
    }

    private double cpuSeconds() throws IOException {
        double seconds = 0;
        for (Server server : servers) {
            seconds += ProcessStat.cpuSeconds(server.pids());
        }
        return seconds;
    }
}
