package io.mortar.benchmarks.part;

import io.mortar.benchmarks.load.Connection;
import io.mortar.benchmarks.load.Load;
import io.mortar.benchmarks.load.Request;
import io.mortar.benchmarks.machine.Command;
import io.mortar.benchmarks.machine.ProcessStat;
import io.mortar.benchmarks.machine.SyncedFile;
import io.mortar.benchmarks.report.Figure;
import io.mortar.benchmarks.report.Figure.Target;
import io.mortar.benchmarks.report.Samples;
import io.mortar.benchmarks.server.MortarPool;
import io.mortar.benchmarks.server.PoolNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Changes of the namespace that are durable on a majority: how many, how soon, and how long there are none when the leader goes. */
public final class MetadataPart {
    private static final int CONNECTIONS = 64;
    private static final int WARM_UPS = 2_000;
    private static final double FSYNCS = 3;
    private static final double BEYOND_FSYNCS_MILLIS = 1;

    private final Bench bench;
    private final MortarPool pool;
    private final int operations;
    private final int exchanges;

    /**
     * @param operations of each round over many connections
     * @param exchanges of each round over one connection
     */
    public MetadataPart(Bench bench, MortarPool pool, int operations, int exchanges) {
        this.bench = bench;
        this.pool = pool;
        this.operations = operations;
        this.exchanges = exchanges;
    }

    public void run() throws IOException, InterruptedException {
        load("warm", WARM_UPS);
        oneClient();
        manyClients();
        new Outages(bench, pool).run();
    }

    private void oneClient() throws IOException, InterruptedException {
        Samples directories = new Samples();
        Samples fsyncs = new Samples();
        for (int round = 0; round < bench.rounds(); round++) {
            PoolNode leader = pool.awaitSettled();
            directory("one" + round);
            bench.settle();
            try (SyncedFile file = SyncedFile.create(bench.directory().resolve("synced"));
                    Connection connection = new Connection(leader.base())) {
                for (int i = 0; i < exchanges; i++) {
                    Request request = Request.mkcol(pool.path("one" + round + "/d" + i));
                    long begin = System.nanoTime();
                    connection.exchange(request);
                    directories.add((System.nanoTime() - begin) / 1e6);
                    fsyncs.add(file.append() / 1e6);
                }
            }
        }
        bench.record(
                "MKCOL, 1 connection to the leader",
                "ms",
                directories,
                Target.atMost(FSYNCS * fsyncs.median() + BEYOND_FSYNCS_MILLIS));
        bench.report()
                .add(new Figure("4 KiB appended and fsync, in turn with MKCOL", "plain disk", "ms", fsyncs, null));
    }

    private void manyClients() throws IOException, InterruptedException {
        Samples rates = new Samples();
        Samples cpu = new Samples();
        Samples refused = new Samples();
        for (int round = 0; round < bench.rounds(); round++) {
            pool.awaitSettled();
            bench.settle();
            Command.sync();
            double before = ProcessStat.cpuSeconds(pool.pids());
            Load.Outcome outcome = load("many" + round, operations);
            rates.add(outcome.requestsPerSecond());
            refused.add(outcome.refused());
            cpu.add((ProcessStat.cpuSeconds(pool.pids()) - before) / operations * 1_000);
        }
        String what = "MKCOL, " + CONNECTIONS + " connections to all nodes";
        bench.record(what, "1/s", rates, Target.atLeast(5_000));
        bench.record("CPU of all nodes for 1 000 x " + what, "s", cpu, null);
        bench.record("refused with 503 or 504 of " + operations + " " + what, "", refused, null);
    }

    private Load.Outcome load(String directory, int count) throws IOException, InterruptedException {
        directory(directory);
        List<URI> servers = pool.nodes().stream().map(PoolNode::base).toList();
        return Load.run(servers, CONNECTIONS, count, i -> Request.mkcol(pool.path(directory + "/d" + i)), count);
    }

    private void directory(String name) throws IOException {
        try (Connection connection = new Connection(pool.base())) {
            connection.exchange(Request.mkcol(pool.path(name)));
        }
    }
}
