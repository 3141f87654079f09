package io.mortar.multijvm.pool;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Where nodes have their addresses. */
public interface NodeNetwork {
    /** All on this machine's loopback, which nothing can cut. */
    NodeNetwork LOOPBACK = new NodeNetwork() {
        @Override
        public void setUp() {
            // It is there.
        }

        /** Enough for a pool and a few strangers. */
        @Override
        public List<String> hosts() {
            return IntStream.rangeClosed(1, 6).mapToObj(i -> "127.0.0." + i).toList();
        }

        @Override
        public FreePorts ports() throws IOException {
            return FreePorts.on(hosts());
        }

        @Override
        public List<String> commandAt(String host, List<String> command) {
            return command;
        }

        @Override
        public void tearDown() {
            // It stays.
        }
    };

    void setUp() throws IOException, InterruptedException;

    /** The addresses, each for one node. */
    List<String> hosts();

    /** Ports that are free on all of them. */
    FreePorts ports() throws IOException;

    /** {@code command}, so that it runs where {@code host} is. */
    List<String> commandAt(String host, List<String> command);

    /** Called when no node runs any more. */
    void tearDown() throws IOException, InterruptedException;
}
