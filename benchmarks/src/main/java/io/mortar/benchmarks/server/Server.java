package io.mortar.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A web server that takes PUT and gives GET. Closing stops all its processes. */
public interface Server extends AutoCloseable {
    /** As it is called in reports. */
    String name();

    /** Where it listens. */
    URI base();

    /** Absolute path, on this server, of the benchmark's file or directory {@code relative}. */
    String path(String relative);

    /** Its processes. */
    List<Long> pids() throws IOException;

    default URI url(String relative) {
        return base().resolve(path(relative));
    }

    @Override
    void close();
}
