package io.mortar.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports. */
final class Ports {
    /** Below the kernel's range for outgoing connections. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 500;

    private Ports() {}

    /** A port that is free on all of {@code hosts}. */
    static int freeOn(List<String> hosts) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(hosts, port)) {
                return port;
            }
        }
        throw new IOException("no port between " + LOWEST + " and " + HIGHEST + " is free on " + hosts);
    }

    private static boolean isFree(List<String> hosts, int port) {
        for (String host : hosts) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
