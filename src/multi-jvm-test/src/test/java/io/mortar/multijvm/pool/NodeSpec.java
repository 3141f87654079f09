package io.mortar.multijvm.pool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one node is started.
 *
 * @param transport {@code host:port} of the transport between nodes
 * @param http {@code host:port} of the node's HTTP server
 * @param join transport address of a member to join; null for the first node of a pool, or when the configuration names seed nodes
 * @param directory everything the node writes: data, bricks, log
 * @param config configuration file; null for defaults
 */
public record NodeSpec(
        String name,
        String transport,
        String http,
        @Nullable String join,
        Path directory,
        @Nullable Path config) {
    /** Arguments of {@code mortar}. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("node", "start", "--name", name));
        arguments.addAll(List.of("--data-dir", dataDirectory().toString(), "--bind", transport, "--http", http));
        if (join != null) {
            arguments.addAll(List.of("--join", join));
        }
        if (config != null) {
            arguments.addAll(List.of("--config", config.toString()));
        }
        arguments.add("--stop-on-stdin-eof");
        return arguments;
    }

    public Path dataDirectory() {
        return directory.resolve("data");
    }

    /** Directory of the node's brick number {@code number}; Mortar makes it. */
    public Path brickDirectory(int number) {
        return directory.resolve("brick" + number);
    }

    public Path log() {
        return directory.resolve("node.log");
    }

    /** The same node, joining through another member. */
    public NodeSpec joining(@Nullable String member) {
        return new NodeSpec(name, transport, http, member, directory, config);
    }
}
