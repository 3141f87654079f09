package io.mortar.multijvm.pool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Two ports that are free on every loopback address of a pool, so that its nodes differ by address only, as machines do. They are
 * taken from below the kernel's range for outgoing connections: a node that is down keeps its ports.
 */
public record FreePorts(int transport, int http) {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 500;
    private static final Set<Integer> HANDED_OUT = new HashSet<>();

    public static FreePorts on(List<String> hosts) throws IOException {
        return new FreePorts(next(hosts), next(hosts));
    }

    private static synchronized int next(List<String> hosts) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(hosts, port) && HANDED_OUT.add(port)) {
                return port;
            }
        }
        throw new IOException("no port between " + LOWEST + " and " + HIGHEST + " is free on all of " + hosts);
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
