package io.mortar.cli.local;

import java.util.List;

/** Where the nodes of a pool on this machine have their addresses. */
public interface LocalNetwork extends AutoCloseable {
    /** {@code bt1} on 127.0.0.1, {@code bt2} on 127.0.0.2 and so on: one network, which nothing can cut. */
    LocalNetwork LOOPBACK = new LocalNetwork() {
        @Override
        public String name() {
            return "loopback";
        }

        @Override
        public String host(int number) {
            return "127.0.0." + number;
        }

        @Override
        public List<String> commandAt(int number, List<String> command) {
            return command;
        }

        @Override
        public void close() {
            // It stays.
        }
    };

    /** What a pool has to be found again with: its nodes keep their addresses. */
    String name();

    /** Address of node {@code number}, counted from 1. */
    String host(int number);

    /** {@code command}, so that it runs where the node has its address; as the same process. */
    List<String> commandAt(int number, List<String> command);

    /** Called when no node runs any more; may be called again. */
    @Override
    void close();
}
