package io.mortar.benchmarks.part;

import io.mortar.benchmarks.machine.Command;
import io.mortar.benchmarks.machine.ProcessStat;
import io.mortar.benchmarks.machine.SeededFile;
import io.mortar.benchmarks.report.Figure;
import io.mortar.benchmarks.report.Figure.Target;
import io.mortar.benchmarks.report.Samples;
import io.mortar.benchmarks.server.Http;
import io.mortar.benchmarks.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Large files through one gateway, by curl: throughput, and the processor time that all processes of a server use for it. */
public final class TransferPart {
    private static final double MIB = 1024 * 1024;
    private static final double GIB = 1024 * MIB;

    private final Bench bench;
    private final long totalBytes;

    /** @param totalBytes what each measurement moves, by however many clients */
    public TransferPart(Bench bench, long totalBytes) {
        this.bench = bench;
        this.totalBytes = totalBytes;
    }

    public void run() throws IOException, InterruptedException {
        Path source = SeededFile.create(bench.directory().resolve("source"), 1, totalBytes);
        warmUpAndVerify(source);
        measure(1, source, 0.35, 0.30, true);
        Path quarter = SeededFile.create(bench.directory().resolve("source4"), 2, totalBytes / 4);
        measure(4, quarter, 0.30, 0.30, false);
        plainDisk(source);
        Files.delete(source);
        Files.delete(quarter);
    }

    /** One transfer that is not counted, so that no server is measured cold, and whose bytes are compared. */
    private void warmUpAndVerify(Path source) throws IOException, InterruptedException {
        Path copy = bench.directory().resolve("copy");
        for (Server server : bench.servers()) {
            Command.secondsOf(puts(server, source, 1));
            Command.run(
                    "curl", "-sSf", "-o", copy.toString(), server.url("large0").toString());
            if (Files.mismatch(source, copy) != -1) {
                throw new IOException(server.name() + " gave back other bytes than it was given");
            }
            Http.delete(server.url("large0"));
        }
        Files.delete(copy);
        bench.settle();
    }

    private void measure(int clients, Path source, double putRatio, double getRatio, boolean cpuTargets)
            throws IOException, InterruptedException {
        Map<String, Samples> samples = new HashMap<>();
        for (int round = 0; round < bench.rounds(); round++) {
            for (Server server : bench.inTurn(round)) {
                once(server, "PUT", puts(server, source, clients), samples);
                once(server, "GET", gets(server, clients), samples);
                for (int client = 0; client < clients; client++) {
                    Http.delete(server.url("large" + client));
                }
                bench.settle();
            }
        }
        String what =
                " of " + Math.round(totalBytes / MIB) + " MiB, " + clients + (clients == 1 ? " client" : " clients");
        for (Server server : bench.servers()) {
            for (String method : List.of("PUT", "GET")) {
                String key = server.name() + method;
                double ratio = method.equals("PUT") ? putRatio : getRatio;
                double cpu = method.equals("PUT") ? 3.0 : 2.2;
                bench.record(
                        method + what,
                        server,
                        "MiB/s",
                        samples.getOrDefault(key, new Samples()),
                        Target.ratioAtLeast(ratio));
                bench.record(
                        "CPU for " + method + what,
                        server,
                        "s/GiB",
                        samples.getOrDefault(key + "cpu", new Samples()),
                        cpuTargets ? Target.atMost(cpu) : null);
            }
        }
    }

    private void once(Server server, String method, List<List<String>> commands, Map<String, Samples> samples)
            throws IOException, InterruptedException {
        Command.sync();
        double before = ProcessStat.cpuSeconds(server.pids());
        double seconds = Command.secondsOf(commands);
        double cpu = ProcessStat.cpuSeconds(server.pids()) - before;
        String key = server.name() + method;
        samples.computeIfAbsent(key, k -> new Samples()).add(totalBytes / MIB / seconds);
        samples.computeIfAbsent(key + "cpu", k -> new Samples()).add(cpu / (totalBytes / GIB));
    }

    private static List<List<String>> puts(Server server, Path source, int clients) {
        List<List<String>> commands = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            String url = server.url("large" + client).toString();
            commands.add(List.of("curl", "-sSf", "-o", "/dev/null", "-T", source.toString(), url));
        }
        return commands;
    }

    private static List<List<String>> gets(Server server, int clients) {
        List<List<String>> commands = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            commands.add(List.of(
                    "curl",
                    "-sSf",
                    "-o",
                    "/dev/null",
                    server.url("large" + client).toString()));
        }
        return commands;
    }

    /** What the disk does without any server: written with one fsync at the end, read from the page cache. */
    private void plainDisk(Path source) throws IOException, InterruptedException {
        Samples write = new Samples();
        Samples read = new Samples();
        Path target = bench.directory().resolve("plain");
        List<String> writing = List.of("dd", "if=" + source, "of=" + target, "bs=1M", "conv=fsync", "status=none");
        List<String> reading = List.of("dd", "if=" + target, "of=/dev/null", "bs=1M", "status=none");
        for (int round = 0; round < bench.rounds(); round++) {
            Command.sync();
            write.add(totalBytes / MIB / Command.secondsOf(List.of(writing)));
            read.add(totalBytes / MIB / Command.secondsOf(List.of(reading)));
            Files.delete(target);
        }
        bench.report().add(new Figure("write, one fsync at the end", "plain disk", "MiB/s", write, null));
        bench.report().add(new Figure("read, cached", "plain disk", "MiB/s", read, null));
    }
}
