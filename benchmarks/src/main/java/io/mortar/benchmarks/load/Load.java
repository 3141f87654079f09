package io.mortar.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Sends requests over a fixed number of connections, each of which sends its next one when the last is answered. */
public final class Load {
    private static final long AGAIN_NANOS = 100_000_000;

    private final int connections;
    private final int requests;
    private final IntFunction<Request> request;
    private final int refusalsMax;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    private Load(int connections, int requests, IntFunction<Request> request, int refusalsMax) {
        this.connections = connections;
        this.requests = requests;
        this.request = request;
        this.refusalsMax = refusalsMax;
    }

    /**
     * What a load came to.
     *
     * @param requestsPerSecond from the first request to the last answer
     * @param refused answers 503 and 504, after which the same request was sent again
     */
    public record Outcome(double requestsPerSecond, int refused) {}

    /** Requests per second, from the first request to the last answer; throws when any answer is not as demanded. */
    public static double requestsPerSecond(URI server, int connections, List<Request> requests)
            throws IOException, InterruptedException {
        return run(List.of(server), connections, requests.size(), requests::get, 0)
                .requestsPerSecond();
    }

    /**
     * Sends requests 0 to {@code requests - 1}, each made when it is sent, over connections that are spread evenly over {@code servers};
     * throws when an answer is not as demanded.
     *
     * @param refusalsMax answers 503 and 504 that are taken as "again, a little later"
     */
    public static Outcome run(
            List<URI> servers, int connections, int requests, IntFunction<Request> request, int refusalsMax)
            throws IOException, InterruptedException {
        return new Load(connections, requests, request, refusalsMax).run(servers);
    }

    private Outcome run(List<URI> servers) throws IOException, InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        CountDownLatch connected = new CountDownLatch(connections);
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Integer>> workers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                URI server = servers.get(i % servers.size());
                workers.add(threads.submit(() -> {
                    try (Connection connection = new Connection(server)) {
                        connected.countDown();
                        start.await();
                        return work(connection);
                    } finally {
                        connected.countDown();
                    }
                }));
            }
            connected.await();
            long begin = System.nanoTime();
            start.countDown();
            int answered = 0;
            for (Future<Integer> worker : workers) {
                answered += worker.get();
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (answered != requests) {
                throw new IOException(answered + " of " + requests + " requests were answered");
            }
            return new Outcome(answered / seconds, refused.get());
        } catch (ExecutionException e) {
            throw new IOException("load on " + servers + " failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private int work(Connection connection) throws IOException {
        int answered = 0;
        for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
            exchange(connection, request.apply(i));
            answered++;
        }
        return answered;
    }

    private void exchange(Connection connection, Request wanted) throws IOException {
        while (true) {
            try {
                connection.exchange(wanted);
                return;
            } catch (UnexpectedAnswer answer) {
                if (!answer.isPassing() || refused.incrementAndGet() > refusalsMax) {
                    throw answer;
                }
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }
}
