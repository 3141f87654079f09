package io.mortar.cli.local;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a pool on this machine looks like: {@code bt1}, {@code bt2} and so on, each on an address of its own, all with the same two ports, as
 * machines have.
 *
 * @param purpose the command that the pool is for, as it is typed: {@code demo}
 * @param port between the nodes
 */
public record LocalPlan(String purpose, int nodeCount, int port, int httpPort, LocalNetwork network) {
    public LocalPlan(String purpose, int nodeCount, int port, int httpPort) {
        this(purpose, nodeCount, port, httpPort, LocalNetwork.LOOPBACK);
    }

    /** The same pool with its addresses elsewhere. */
    public LocalPlan on(LocalNetwork other) {
        return new LocalPlan(purpose, nodeCount, port, httpPort, other);
    }

    String host(int number) {
        return network.host(number);
    }

    public static String name(int number) {
        return "bt" + number;
    }

    public String url(int number) {
        return "http://" + host(number) + ":" + httpPort;
    }

    /** Addresses for other nodes, as the configuration file lists them. */
    String seedNodes() {
        return IntStream.rangeClosed(1, nodeCount)
                .mapToObj(number -> '"' + host(number) + ":" + port + '"')
                .collect(Collectors.joining(", "));
    }
}
