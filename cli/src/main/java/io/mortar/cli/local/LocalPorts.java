package io.mortar.cli.local;

import io.mortar.cli.failure.CommandFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Looks whether a pool's ports are free, so that this is said before anything is started. */
final class LocalPorts {
    private LocalPorts() {}

    static void check(LocalPlan plan) {
        if (plan.network() != LocalNetwork.LOOPBACK) {
            // Just made, so nobody else is there.
            return;
        }
        for (int number = 1; number <= plan.nodeCount(); number++) {
            check(plan.host(number), plan.port(), "--port");
            check(plan.host(number), plan.httpPort(), "--http-port");
        }
    }

    private static void check(String host, int port, String option) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            socket.setReuseAddress(true);
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot listen on " + host + ":" + port + ": " + e.getMessage()
                    + ".\nIs another pool running? Find it with 'ss -ltnp', stop it, or choose another port with "
                    + option + ".");
        }
    }
}
