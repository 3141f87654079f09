package io.mortar.cli.drill.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Clients that write, replace, read, move, delete and list files without a pause, and know what each answer must be. Begin it, let it run,
 * end it, have it verified; then its report is complete.
 */
public final class MixedLoad implements AutoCloseable {
    private final Tally tally = new Tally();
    private final Pace pace;
    private final long beganNanos;
    private final ExecutorService threads;
    private final List<LoadClient> clients;
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean ending;
    private int verified;
    private int unverified;

    public MixedLoad(Files files, Pace pace, LoadSettings settings) {
        this.pace = pace;
        this.beganNanos = pace.nanos();
        this.clients = IntStream.range(0, settings.clients())
                .mapToObj(number -> new LoadClient(number, files, pace, tally, settings))
                .toList();
        this.threads = Executors.newFixedThreadPool(settings.clients(), body -> {
            Thread thread = new Thread(body, "drill-client");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Directories of the clients, which must be there before the load begins. */
    public List<String> directories() {
        return clients.stream().flatMap(client -> client.directories().stream()).toList();
    }

    public void begin() {
        for (LoadClient client : clients) {
            running.add(threads.submit(() -> {
                while (!ending) {
                    client.step();
                }
                return null;
            }));
        }
    }

    /** Operations that were answered until now. */
    public int answered() {
        return tally.answeredCount();
    }

    /** Time since this object was made, the zero of all times in the report. */
    public Duration age() {
        return Duration.ofNanos(pace.nanos() - beganNanos);
    }

    /** Lets every client finish its operation, and returns when they have. */
    public void end() throws InterruptedException {
        ending = true;
        for (Future<?> each : running) {
            await(each);
        }
        running.clear();
    }

    /** After the end: compares every file, through every node, with what was acknowledged. */
    public void verify() throws InterruptedException {
        List<Future<LoadClient.Verified>> verifying = new ArrayList<>();
        for (LoadClient client : clients) {
            verifying.add(threads.submit(client::verify));
        }
        for (Future<LoadClient.Verified> each : verifying) {
            LoadClient.Verified result = await(each);
            verified += result.files();
            unverified += result.unverified();
        }
    }

    public LoadReport report() {
        return tally.report(verified, unverified);
    }

    /** Interrupts the clients, if they still run. */
    @Override
    public void close() {
        ending = true;
        threads.shutdownNow();
    }

    private static <T> T await(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client of the drill has failed", e.getCause());
        }
    }
}
