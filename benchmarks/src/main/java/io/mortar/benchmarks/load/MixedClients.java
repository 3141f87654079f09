package io.mortar.benchmarks.load;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Clients that each write a file and read it back, again and again, until they are closed. */
public final class MixedClients implements AutoCloseable {
    /** Files that each client writes in turn, so that what they write takes a bounded room. */
    private static final int NAMES = 8;

    private final List<SteadyClient> clients;
    private final int fileBytes;

    private MixedClients(List<SteadyClient> clients, int fileBytes) {
        this.clients = clients;
        this.fileBytes = fileBytes;
    }

    /**
     * One client for each of {@code servers}.
     *
     * @param path of a file, given a name
     * @param content of each file
     */
    public static MixedClients start(List<URI> servers, Function<String, String> path, byte[] content) {
        List<SteadyClient> clients = new ArrayList<>();
        for (int c = 0; c < servers.size(); c++) {
            String prefix = "client" + c + "-";
            clients.add(SteadyClient.start(servers.get(c), i -> {
                String file = path.apply(prefix + i / 2 % NAMES);
                return i % 2 == 0 ? Request.put(file, content) : Request.get(file, content.length);
            }));
        }
        return new MixedClients(clients, content.length);
    }

    /** Bytes written and read per second between two instants of {@link System#nanoTime}. */
    public double bytesPerSecond(long from, long to) {
        long answered = clients.stream()
                .mapToLong(client -> client.succeededBetween(from, to))
                .sum();
        return answered * (double) fileBytes / ((to - from) / 1e9);
    }

    /** What went wrong so far. */
    public List<String> failures() {
        return clients.stream().flatMap(client -> client.failures().stream()).toList();
    }

    @Override
    public void close() {
        clients.forEach(SteadyClient::close);
    }
}
