package io.mortar.cli.local;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a pool on this machine looks like: {@code bt1} on 127.0.0.1, {@code bt2} on 127.0.0.2 and so on, all with the same two ports, as
 * machines have.
 *
 * @param purpose the command that the pool is for, as it is typed: {@code demo}
 * @param port between the nodes
 */
public record LocalPlan(String purpose, int nodeCount, int port, int httpPort) {
    public static String host(int number) {
        return "127.0.0." + number;
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
