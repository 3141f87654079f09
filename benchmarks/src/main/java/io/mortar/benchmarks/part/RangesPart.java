package io.mortar.benchmarks.part;

import io.mortar.benchmarks.load.Load;
import io.mortar.benchmarks.load.Request;
import io.mortar.benchmarks.machine.Command;
import io.mortar.benchmarks.machine.SeededFile;
import io.mortar.benchmarks.report.Figure.Target;
import io.mortar.benchmarks.report.Samples;
import io.mortar.benchmarks.server.Http;
import io.mortar.benchmarks.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Ranges at random places of one large file. */
public final class RangesPart {
    private static final int RANGE_BYTES = 64 * 1024;
    private static final int CONNECTIONS = 16;
    private static final int REQUESTS = 10_000;

    private final Bench bench;
    private final long fileBytes;

    public RangesPart(Bench bench, long fileBytes) {
        this.bench = bench;
        this.fileBytes = fileBytes;
    }

    public void run() throws IOException, InterruptedException {
        Path source = SeededFile.create(bench.directory().resolve("source"), 3, fileBytes);
        for (Server server : bench.servers()) {
            String url = server.url("ranges").toString();
            Command.run("curl", "-sSf", "-o", "/dev/null", "-T", source.toString(), url);
        }
        Files.delete(source);
        Command.sync();
        List<Samples> samples =
                bench.servers().stream().map(server -> new Samples()).toList();
        for (int round = -1; round < bench.rounds(); round++) {
            for (Server server : bench.inTurn(Math.max(round, 0))) {
                bench.settle();
                double rate = Load.requestsPerSecond(server.base(), CONNECTIONS, ranges(server, round));
                if (round >= 0) {
                    samples.get(bench.servers().indexOf(server)).add(rate);
                }
            }
        }
        String what = "random 64 KiB ranges, " + CONNECTIONS + " connections";
        for (int i = 0; i < samples.size(); i++) {
            Server server = bench.servers().get(i);
            bench.record(what, server, "ranges/s", samples.get(i), Target.atLeast(3_000));
            Http.delete(server.url("ranges"));
        }
    }

    private List<Request> ranges(Server server, int round) {
        SplittableRandom random = new SplittableRandom(round);
        return IntStream.range(0, REQUESTS)
                .mapToObj(i ->
                        Request.range(server.path("ranges"), random.nextLong(fileBytes - RANGE_BYTES), RANGE_BYTES))
                .toList();
    }
}
