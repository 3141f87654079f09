package io.mortar.benchmarks.part;

import io.mortar.benchmarks.load.Request;
import io.mortar.benchmarks.load.SteadyClient;
import io.mortar.benchmarks.machine.SeededFile;
import io.mortar.benchmarks.report.Figure.Target;
import io.mortar.benchmarks.report.Samples;
import io.mortar.benchmarks.server.Http;
import io.mortar.benchmarks.server.MortarPool;
import io.mortar.benchmarks.server.PoolNode;
import io.mortar.benchmarks.server.PoolVolume;
import io.mortar.benchmarks.server.VolumeHealth;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long nothing can be written into a volume with copies when a node that has a brick of it is killed, and how soon it is whole again. */
final class BrickOutages {
    private static final Duration LEAD = Duration.ofSeconds(2);
    /** Twice the longest stall that is allowed. */
    private static final Duration AWAY = Duration.ofSeconds(20);

    private final Bench bench;
    private final MortarPool pool;
    private final PoolVolume volume;
    private final byte[] block;

    /** @param volume with a brick on every node of {@code pool} */
    BrickOutages(Bench bench, MortarPool pool, PoolVolume volume, int fileBytes) {
        this.bench = bench;
        this.pool = pool;
        this.volume = volume;
        this.block = SeededFile.bytes(6, fileBytes);
    }

    /** The node that leads is killed too. */
    void run(double stallSecondsMax) throws IOException, InterruptedException {
        Outcomes followers = new Outcomes();
        Outcomes leaders = new Outcomes();
        for (int round = 0; round < bench.rounds(); round++) {
            killAnother(round, followers);
            PoolNode leader = pool.awaitSettled();
            List<PoolNode> others = others(leader);
            kill(leader, others.get(round % others.size()), "leader" + round, leaders);
        }
        followers.record(bench, volume.name() + ", kill -9 of a node", Target.atMost(stallSecondsMax));
        leaders.record(bench, volume.name() + ", kill -9 of the leader", Target.atMost(stallSecondsMax));
    }

    private void killAnother(int round, Outcomes outcomes) throws IOException, InterruptedException {
        PoolNode leader = pool.awaitSettled();
        List<PoolNode> others = others(leader);
        kill(others.get(round % others.size()), leader, "kill" + round, outcomes);
    }

    private List<PoolNode> others(PoolNode node) {
        return pool.nodes().stream().filter(other -> other != node).toList();
    }

    private void kill(PoolNode victim, PoolNode survivor, String directory, Outcomes outcomes)
            throws IOException, InterruptedException {
        bench.settle();
        SteadyClient writer =
                SteadyClient.start(survivor.base(), i -> Request.put(volume.path(directory + "/f" + i), content(i)));
        double stall;
        try (writer) {
            TimeUnit.MILLISECONDS.sleep(LEAD.toMillis());
            long begin = System.nanoTime();
            victim.kill();
            TimeUnit.MILLISECONDS.sleep(AWAY.toMillis());
            stall = writer.longestGapSeconds(begin, System.nanoTime());
        }
        List<String> failures = writer.failures();
        verify(survivor, directory, writer.succeeded());
        VolumeHealth away = volume.health(survivor);
        long begin = System.nanoTime();
        victim.restart();
        victim.awaitAnswer("/health/ready");
        volume.awaitWhole(survivor);
        double whole = (System.nanoTime() - begin) / 1e9;
        verify(victim, directory, writer.succeeded());
        Http.delete(URI.create(volume.url(survivor, directory) + "?recursive"));
        outcomes.add(stall, failures.size(), away.filesLeft(), whole);
        System.out.printf(
                "  kill of %s, writer on %s: stall %.2f s, %d written, failed %s; %d to heal, whole %.2f s after the start%n",
                victim.name(), survivor.name(), stall, writer.succeeded().size(), failures, away.filesLeft(), whole);
    }

    /** No two files are the same. */
    private byte[] content(int i) {
        byte[] content = block.clone();
        ByteBuffer.wrap(content).putInt(i);
        return content;
    }

    /** Everything that was acknowledged must be there as it was written. */
    private void verify(PoolNode node, String directory, List<Integer> files) throws IOException, InterruptedException {
        for (int i : files) {
            URI url = volume.url(node, directory + "/f" + i);
            if (!Arrays.equals(Http.get(url), content(i))) {
                throw new IOException(url + " has other bytes than were written");
            }
        }
    }

    /** Of all kills of a kind. */
    private static final class Outcomes {
        private final Samples stalls = new Samples();
        private final Samples failed = new Samples();
        private final Samples left = new Samples();
        private final Samples whole = new Samples();

        void add(double stall, int failures, long filesLeft, double wholeAfter) {
            stalls.add(stall);
            failed.add(failures);
            left.add((double) filesLeft);
            whole.add(wholeAfter);
        }

        void record(Bench bench, String what, Target stallMax) {
            bench.record(what + ": longest gap of a writer on another node", "s", stalls, stallMax);
            bench.record(what + ": its writes that failed", "", failed, null);
            bench.record(what + ": files to heal when it is started again", "", left, null);
            bench.record(
                    what + ": from that start until all bricks are online, nothing left to heal", "s", whole, null);
        }
    }
}
