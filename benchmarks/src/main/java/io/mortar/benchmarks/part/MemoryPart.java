package io.mortar.benchmarks.part;

import io.mortar.benchmarks.machine.SeededFile;
import io.mortar.benchmarks.report.Figure;
import io.mortar.benchmarks.report.Figure.Target;
import io.mortar.benchmarks.report.Report;
import io.mortar.benchmarks.report.Samples;
import io.mortar.benchmarks.server.Http;
import io.mortar.benchmarks.server.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Resident memory of every node while many clients upload to one gateway at once. */
public final class MemoryPart {
    private static final int CLIENTS = 10;
    private static final int ATTEMPTS_MAX = 200;
    private static final long UPLOAD_HOURS_MAX = 1;

    private final Bench bench;
    private final Server pool;
    private final long fileBytes;
    private final Path timeSeries;
    private final AtomicInteger refused = new AtomicInteger();

    /** @param timeSeries CSV file that gets one line a second */
    public MemoryPart(Bench bench, Server pool, long fileBytes, Path timeSeries) {
        this.bench = bench;
        this.pool = pool;
        this.fileBytes = fileBytes;
        this.timeSeries = timeSeries;
    }

    public void run() throws IOException, InterruptedException {
        Path source = SeededFile.create(bench.directory().resolve("source"), 4, fileBytes);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        MemorySampler sampler = MemorySampler.start(pool.pids(), timeSeries);
        try {
            List<Future<Integer>> uploads = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                String url = pool.url("memory" + client).toString();
                uploads.add(clients.submit(() -> upload(source, url)));
            }
            for (Future<Integer> upload : uploads) {
                upload.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("an upload failed", e.getCause());
        } finally {
            clients.shutdownNow();
            clients.awaitTermination(UPLOAD_HOURS_MAX, TimeUnit.HOURS);
            sampler.close();
        }
        for (int client = 0; client < CLIENTS; client++) {
            Http.delete(pool.url("memory" + client));
        }
        Files.delete(source);
        report(sampler);
    }

    private void report(MemorySampler sampler) {
        String what = CLIENTS + " clients upload " + fileBytes / 1_000_000 + " MB each";
        List<Samples> resident = sampler.megabytes();
        for (int node = 0; node < resident.size(); node++) {
            String name = "RSS of node " + (node + 1) + ", " + what;
            Samples samples = resident.get(node);
            Samples peak = new Samples();
            peak.add(samples.max());
            bench.report().add(new Figure(name, Report.MORTAR, "MB", samples, null));
            bench.report().add(new Figure("peak " + name, Report.MORTAR, "MB", peak, Target.atMost(300)));
        }
        Samples attempts = new Samples();
        attempts.add(refused.get());
        bench.report().add(new Figure("uploads refused with 503 and tried again", Report.MORTAR, "", attempts, null));
    }

    /** Uploads until it succeeds: a node over its budget may answer 503, and the client comes again. */
    private int upload(Path source, String url) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            Process curl = new ProcessBuilder(
                            "curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "-T", source.toString(), url)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String status = new String(curl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            int exitCode = curl.waitFor();
            if (exitCode == 0 && status.equals("201")) {
                return attempt;
            }
            if (!status.equals("503")) {
                throw new IOException("PUT " + url + " -> status " + status + ", curl exited with " + exitCode);
            }
            refused.incrementAndGet();
            TimeUnit.SECONDS.sleep(1);
        }
        throw new IOException("PUT " + url + " was refused " + ATTEMPTS_MAX + " times");
    }
}
