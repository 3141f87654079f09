package io.mortar.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/**
 * Finds out when a server serves again: sends a request every 20 ms, whether or not those before were answered, each on a connection of
 * its own that is given up after half a second.
 */
public final class Probe {
    private static final long INTERVAL_MILLIS = 20;
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private Probe() {}

    /** The {@link System#nanoTime} at which the first answer as demanded was there; throws when there is none within {@code max}. */
    public static long firstSuccessNanos(URI server, IntFunction<Request> request, Duration max)
            throws IOException, InterruptedException {
        CompletableFuture<Long> first = new CompletableFuture<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        long end = System.nanoTime() + max.toNanos();
        try {
            for (int i = 0; System.nanoTime() - end < 0; i++) {
                int number = i;
                threads.execute(() -> attempt(server, request.apply(number), first));
                if (isDone(first)) {
                    return first.get();
                }
            }
            throw new IOException("no success on " + server + " within " + max);
        } catch (ExecutionException e) {
            throw new IOException("probing " + server + " failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whether it is, or comes to be before the next request is due. */
    private static boolean isDone(CompletableFuture<Long> first) throws InterruptedException, ExecutionException {
        try {
            first.get(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    /** Failures are what is waited to end: only a success counts. */
    private static void attempt(URI server, Request request, CompletableFuture<Long> first) {
        if (isAnswered(server, request)) {
            first.complete(System.nanoTime());
        }
    }

    private static boolean isAnswered(URI server, Request request) {
        try (Connection connection = new Connection(server, PATIENCE)) {
            connection.exchange(request);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
