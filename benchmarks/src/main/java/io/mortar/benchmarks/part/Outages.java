package io.mortar.benchmarks.part;

import io.mortar.benchmarks.load.Connection;
import io.mortar.benchmarks.load.Probe;
import io.mortar.benchmarks.load.Request;
import io.mortar.benchmarks.load.SteadyClient;
import io.mortar.benchmarks.report.Figure.Target;
import io.mortar.benchmarks.report.Samples;
import io.mortar.benchmarks.server.MortarPool;
import io.mortar.benchmarks.server.PoolNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** How long nothing can be written through a node that stays when the node that leads the metadata is killed, or stops in good order. */
final class Outages {
    /** Of each kind, for every round of the benchmark. */
    private static final int PER_ROUND = 2;

    private static final Duration FAILOVER_MAX = Duration.ofMinutes(2);
    private static final Duration LEAD = Duration.ofSeconds(1);
    private static final Duration TAIL = Duration.ofSeconds(2);
    private static final byte[] CONTENT = {1, 2, 3, 4};

    private final Bench bench;
    private final MortarPool pool;

    Outages(Bench bench, MortarPool pool) {
        this.bench = bench;
        this.pool = pool;
    }

    void run() throws IOException, InterruptedException {
        crashes();
        stops();
    }

    private void crashes() throws IOException, InterruptedException {
        Samples outages = new Samples();
        Samples held = new Samples();
        Samples failed = new Samples();
        for (int i = 0; i < PER_ROUND * bench.rounds(); i++) {
            PoolNode leader = pool.awaitSettled();
            PoolNode other = other(leader, i);
            bench.settle();
            String directory = "crash" + i;
            long begin = System.nanoTime();
            leader.kill();
            CompletableFuture<Long> patient = CompletableFuture.supplyAsync(() -> answeredNanos(other, directory));
            long success = Probe.firstSuccessNanos(other.base(), puts(directory), FAILOVER_MAX);
            outages.add((success - begin) / 1e9);
            long answered = patient.join();
            failed.add(answered < 0 ? 1 : 0);
            if (answered >= 0) {
                held.add((answered - begin) / 1e9);
            }
            leader.restart();
            leader.awaitAnswer("/health/ready");
            System.out.printf("  crash of %s: %.2f s%n", leader.name(), (success - begin) / 1e9);
        }
        bench.record("kill -9 of the leader until a PUT succeeds on another node", "s", outages, Target.atMost(4));
        bench.record("one PUT sent at that kill until it is answered", "s", held, null);
        bench.record("such PUTs that failed", "", failed, null);
    }

    /** When a client that waits as long as it must has its answer; negative when that is a failure. */
    private long answeredNanos(PoolNode node, String directory) {
        try (Connection connection = new Connection(node.base())) {
            connection.exchange(Request.put(pool.path(directory + "/patient"), CONTENT));
            return System.nanoTime();
        } catch (IOException e) {
            System.out.println("  a PUT that was sent at the kill failed: " + e);
            return -1;
        }
    }

    private void stops() throws IOException, InterruptedException {
        Samples gaps = new Samples();
        Samples failed = new Samples();
        for (int i = 0; i < PER_ROUND * bench.rounds(); i++) {
            PoolNode leader = pool.awaitSettled();
            bench.settle();
            try (SteadyClient client = SteadyClient.start(other(leader, i).base(), puts("stop" + i))) {
                TimeUnit.MILLISECONDS.sleep(LEAD.toMillis());
                long begin = System.nanoTime();
                leader.stop();
                leader.awaitExit();
                TimeUnit.MILLISECONDS.sleep(TAIL.toMillis());
                double gap = client.longestGapSeconds(begin, System.nanoTime());
                gaps.add(gap);
                List<String> failures = client.failures();
                failed.add(failures.size());
                System.out.printf("  stop of %s: %.2f s %s%n", leader.name(), gap, failures);
            }
            leader.restart();
            leader.awaitAnswer("/health/ready");
        }
        bench.record("SIGTERM of the leader: longest gap of a writer on another node", "s", gaps, Target.atMost(0.5));
        bench.record("its writes that failed", "", failed, null);
    }

    private IntFunction<Request> puts(String directory) {
        return i -> Request.put(pool.path(directory + "/f" + i), CONTENT);
    }

    /** Not always the same one. */
    private PoolNode other(PoolNode leader, int turn) {
        List<PoolNode> others =
                pool.nodes().stream().filter(node -> node != leader).toList();
        return others.get(turn % others.size());
    }
}
