package io.mortar.benchmarks.part;

import io.mortar.benchmarks.load.Load;
import io.mortar.benchmarks.load.Request;
import io.mortar.benchmarks.load.SteadyClient;
import io.mortar.benchmarks.machine.ProcessStat;
import io.mortar.benchmarks.report.Figure.Target;
import io.mortar.benchmarks.report.Samples;
import io.mortar.benchmarks.server.Http;
import io.mortar.benchmarks.server.MortarPool;
import io.mortar.benchmarks.server.PoolMetadata;
import io.mortar.benchmarks.server.PoolNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A namespace of very many files: the memory it takes, the start of a node that has it, and its way to a node that does not. */
public final class FilesPart {
    /** Makes the pool replace a voter that is away within this run. */
    public static final String JAVA_OPTIONS = "-Dmortar.journal.group.membership.replace-voter-after=15s";

    private static final double MEGABYTE = 1_000_000;
    private static final int CONNECTIONS = 64;
    private static final int WARM_UPS = 20_000;
    private static final int PER_DIRECTORY = 1_000;
    private static final Duration REPLACEMENT_MAX = Duration.ofMinutes(10);
    private static final Duration LEAD = Duration.ofSeconds(2);
    private static final long POLL_NANOS = 50_000_000;
    private static final byte[] CONTENT = {1, 2, 3, 4};

    private final Bench bench;
    private final MortarPool pool;
    private final int files;

    /** @param pool with {@link #JAVA_OPTIONS} */
    public FilesPart(Bench bench, MortarPool pool, int files) {
        this.bench = bench;
        this.pool = pool;
        this.files = files;
    }

    public void run() throws IOException, InterruptedException {
        memory();
        restarts();
        freshVoter();
    }

    /** The empty namespace is that of a pool that has worked: it made and deleted files before. */
    private void memory() throws IOException, InterruptedException {
        create("warm", WARM_UPS);
        Http.delete(URI.create(pool.url("warm") + "?recursive"));
        pool.awaitSettled();
        bench.settle();
        Map<String, Double> before = residentMegabytes();
        Load.Outcome outcome = create("files", files);
        System.out.printf("  %d files made, %.0f/s%n", files, outcome.requestsPerSecond());
        PoolNode leader = pool.awaitSettled();
        bench.settle();
        Map<String, Double> after = residentMegabytes();
        for (PoolNode node : pool.nodes()) {
            double growth = after.getOrDefault(node.name(), Double.NaN) - before.getOrDefault(node.name(), Double.NaN);
            boolean leads = node == leader;
            bench.record(
                    "RSS growth by " + files + " files, " + (leads ? "leader" : "follower " + node.name()),
                    "MB",
                    Samples.of(growth),
                    leads ? Target.atMost(64) : null);
        }
        bench.record("RSS of the leader", "MB", Samples.of(after.getOrDefault(leader.name(), Double.NaN)), null);
        bench.record(
                "PUT of 4 bytes, " + CONNECTIONS + " connections to all nodes",
                "files/s",
                Samples.of(outcome.requestsPerSecond()),
                null);
        bench.record("of these, refused with 503 or 504", "", Samples.of(outcome.refused()), null);
    }

    private Load.Outcome create(String directory, int count) throws IOException, InterruptedException {
        List<URI> servers = pool.nodes().stream().map(PoolNode::base).toList();
        return Load.run(
                servers,
                CONNECTIONS,
                count,
                i -> Request.put(pool.path(directory + "/d" + i / PER_DIRECTORY + "/f" + i), CONTENT),
                count);
    }

    private Map<String, Double> residentMegabytes() throws IOException {
        Map<String, Double> resident = new HashMap<>();
        for (PoolNode node : pool.nodes()) {
            resident.put(node.name(), ProcessStat.residentBytes(node.pid()) / MEGABYTE);
        }
        return resident;
    }

    private void restarts() throws IOException, InterruptedException {
        Samples seconds = new Samples();
        for (int round = 0; round < bench.rounds(); round++) {
            PoolNode leader = pool.awaitSettled();
            bench.settle();
            leader.stop();
            leader.awaitExit();
            long begin = System.nanoTime();
            leader.restart();
            leader.awaitAnswer("/health/ready");
            double ready = (System.nanoTime() - begin) / 1e9;
            leader.awaitAnswer(pool.path("files/d0/") + "?limit=10");
            double listed = (System.nanoTime() - begin) / 1e9;
            seconds.add(listed);
            System.out.printf("  start of %s: ready after %.2f s, listed after %.2f s%n", leader.name(), ready, listed);
        }
        String what = "start of the node that led, " + files + " files: ready, and lists a directory";
        bench.record(what, "s", seconds, Target.atMost(3));
    }

    /** A node without a replica joins, a voter is killed, and the group puts the new node in its place. */
    private void freshVoter() throws IOException, InterruptedException {
        PoolNode fresh = pool.add();
        PoolNode leader = pool.awaitSettled();
        bench.settle();
        PoolNode victim = pool.nodes().stream()
                .filter(node -> node != leader && node != fresh)
                .findFirst()
                .orElseThrow();
        try (SteadyClient client =
                SteadyClient.start(leader.base(), i -> Request.put(pool.path("meanwhile/f" + i), CONTENT))) {
            TimeUnit.MILLISECONDS.sleep(LEAD.toMillis());
            long killed = System.nanoTime();
            victim.kill();
            long begin = awaitMember(fresh, false);
            long end = awaitMember(fresh, true);
            String what = "copy of " + files + " files to a fresh voter";
            bench.record(what + ", until it votes", "s", Samples.of((end - begin) / 1e9), Target.atMost(60));
            bench.record(
                    what + ": longest gap of a writer on the leader",
                    "ms",
                    Samples.of(client.longestGapSeconds(begin, end) * 1e3),
                    Target.atMost(200));
            bench.record(
                    "kill of a follower: longest gap of a writer on the leader",
                    "ms",
                    Samples.of(client.longestGapSeconds(killed, begin) * 1e3),
                    null);
            bench.record(
                    "writes that failed meanwhile",
                    "",
                    Samples.of(client.failures().size()),
                    null);
        }
    }

    /** The moment at which {@code node} is seen as a member, or as one that votes. */
    private long awaitMember(PoolNode node, boolean votes) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + REPLACEMENT_MAX.toNanos();
        while (true) {
            PoolMetadata seen = pool.metadata();
            PoolMetadata.Member member = seen == null ? null : seen.memberOn(node.name());
            if (member != null && (!votes || (member.voter() && !member.copying()))) {
                return System.nanoTime();
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(node.name() + " did not become a member that votes: " + seen);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
