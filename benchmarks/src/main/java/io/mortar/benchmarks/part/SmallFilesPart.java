package io.mortar.benchmarks.part;

import io.mortar.benchmarks.load.Load;
import io.mortar.benchmarks.load.Request;
import io.mortar.benchmarks.machine.Command;
import io.mortar.benchmarks.machine.SeededFile;
import io.mortar.benchmarks.report.Figure.Target;
import io.mortar.benchmarks.report.Report;
import io.mortar.benchmarks.report.Samples;
import io.mortar.benchmarks.server.Http;
import io.mortar.benchmarks.server.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Many small files in one directory, written and read over connections that stay open, and the listing of that directory. */
public final class SmallFilesPart {
    private static final int FILE_BYTES = 4096;
    private static final int CONNECTIONS = 16;
    private static final int LISTINGS = 20;

    private final Bench bench;
    private final int files;

    public SmallFilesPart(Bench bench, int files) {
        this.bench = bench;
        this.files = files;
    }

    public void run() throws IOException, InterruptedException {
        for (Server server : bench.servers()) {
            Load.requestsPerSecond(server.base(), CONNECTIONS, puts(server, "warm"));
            Load.requestsPerSecond(server.base(), CONNECTIONS, gets(server, "warm"));
        }
        Map<String, Samples> put = new HashMap<>();
        Map<String, Samples> get = new HashMap<>();
        Map<String, Samples> list = new HashMap<>();
        for (int round = 0; round < bench.rounds(); round++) {
            for (Server server : bench.inTurn(round)) {
                String directory = "small" + round;
                bench.settle();
                Command.sync();
                of(put, server).add(Load.requestsPerSecond(server.base(), CONNECTIONS, puts(server, directory)));
                of(get, server).add(Load.requestsPerSecond(server.base(), CONNECTIONS, gets(server, directory)));
                for (int i = 0; i < LISTINGS; i++) {
                    of(list, server).add(listMillis(server, directory));
                }
            }
        }
        String what = files + " files of 4 KiB, " + CONNECTIONS + " connections";
        for (Server server : bench.servers()) {
            bench.record("PUT, " + what, server, "files/s", of(put, server), Target.atLeast(1_500));
            bench.record("GET, " + what, server, "files/s", of(get, server), Target.atLeast(5_000));
            bench.record("listing of " + files + " entries", server, "ms", of(list, server), Target.atMost(60));
        }
    }

    private List<Request> puts(Server server, String directory) {
        return IntStream.range(0, files)
                .mapToObj(i -> Request.put(server.path(directory + "/f" + i), SeededFile.bytes(i, FILE_BYTES)))
                .toList();
    }

    private List<Request> gets(Server server, String directory) {
        return IntStream.range(0, files)
                .mapToObj(i -> Request.get(server.path(directory + "/f" + i), FILE_BYTES))
                .toList();
    }

    private double listMillis(Server server, String directory) throws IOException, InterruptedException {
        String query = server.name().equals(Report.MORTAR) ? "?limit=" + files : "";
        URI url = URI.create(server.url(directory + "/") + query);
        long begin = System.nanoTime();
        byte[] listing = Http.get(url);
        double millis = (System.nanoTime() - begin) / 1e6;
        if (!new String(listing, StandardCharsets.UTF_8).contains("\"f" + (files - 1) + "\"")) {
            throw new IOException("an incomplete listing from " + url);
        }
        return millis;
    }

    private static Samples of(Map<String, Samples> samples, Server server) {
        return samples.computeIfAbsent(server.name(), name -> new Samples());
    }
}
