package io.mortar.cli.demo;

import io.mortar.cli.failure.CommandFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Looks whether the demo's ports are free, so that this is said before anything is started. */
final class DemoPorts {
    private DemoPorts() {}

    static void check(DemoOptions options) {
        for (int number = 1; number <= DemoOptions.NODE_COUNT; number++) {
            check(number, options.port(), "--port");
            check(number, options.httpPort(), "--http-port");
        }
    }

    private static void check(int number, int port, String option) {
        String host = DemoOptions.host(number);
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            socket.setReuseAddress(true);
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot listen on " + host + ":" + port + ": " + e.getMessage()
                    + ".\nIs another pool running? Find it with 'ss -ltnp', stop it, or choose another port with "
                    + option + ".");
        }
    }
}
