package io.mortar.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * One client that sends a request when the last one is answered, on one connection, until it is closed; it notes when each was answered as
 * demanded. After any other answer it connects again.
 */
public final class SteadyClient implements AutoCloseable {
    private static final long AGAIN_NANOS = 20_000_000;

    private final URI server;
    private final IntFunction<Request> request;
    private final List<Long> successes = new ArrayList<>();
    private final List<Integer> succeeded = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "steady-client");
    private volatile boolean closed;

    private SteadyClient(URI server, IntFunction<Request> request) {
        this.server = server;
        this.request = request;
    }

    /** Request {@code i} is {@code request.apply(i)}; failed ones are not sent again. */
    public static SteadyClient start(URI server, IntFunction<Request> request) {
        SteadyClient client = new SteadyClient(server, request);
        client.thread.start();
        return client;
    }

    private void run() {
        int next = 0;
        while (!closed) {
            try (Connection connection = new Connection(server)) {
                while (!closed) {
                    int i = next++;
                    connection.exchange(request.apply(i));
                    note(i, System.nanoTime());
                }
            } catch (IOException e) {
                note(e.toString());
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }

    private synchronized void note(int i, long success) {
        succeeded.add(i);
        successes.add(success);
    }

    private synchronized void note(String failure) {
        failures.add(failure);
    }

    /** The requests that were answered as demanded so far, by their numbers. */
    public synchronized List<Integer> succeeded() {
        return List.copyOf(succeeded);
    }

    /** What went wrong so far. */
    public synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    /** Requests that were answered as demanded between two instants of {@link System#nanoTime}. */
    public synchronized long succeededBetween(long from, long to) {
        return successes.stream().filter(at -> at - from >= 0 && at - to < 0).count();
    }

    /** Longest time without a success between two instants of {@link System#nanoTime}, in seconds. */
    public synchronized double longestGapSeconds(long from, long to) {
        return Gaps.longestSeconds(successes, from, to);
    }

    /** Ends after the answer that is waited for. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
