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

/** Sends a list of requests over a fixed number of connections, each of which sends its next one when the last is answered. */
public final class Load {
    private Load() {}

    /** Requests per second, from the first request to the last answer; throws when any answer is not as demanded. */
    public static double requestsPerSecond(URI server, int connections, List<Request> requests)
            throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        CountDownLatch connected = new CountDownLatch(connections);
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Integer>> workers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                workers.add(threads.submit(() -> {
                    try (Connection connection = new Connection(server)) {
                        connected.countDown();
                        start.await();
                        return work(connection, requests, next);
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
            if (answered != requests.size()) {
                throw new IOException(answered + " of " + requests.size() + " requests were answered");
            }
            return answered / seconds;
        } catch (ExecutionException e) {
            throw new IOException("load on " + server + " failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static int work(Connection connection, List<Request> requests, AtomicInteger next) throws IOException {
        int answered = 0;
        for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
            connection.exchange(requests.get(i));
            answered++;
        }
        return answered;
    }
}
