package io.mortar.cli.drill.guided;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A node of the pool that is drilled.
 *
 * @param address for other nodes, {@code host:port}
 * @param url through which it is reached from here; null if it is not
 */
record PoolNode(String name, String address, @Nullable URI url) {
    String host() {
        return address.substring(0, Math.max(0, address.lastIndexOf(':')));
    }

    String port() {
        return address.substring(address.lastIndexOf(':') + 1);
    }
}
