package io.mortar.multijvm.pool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one node is started.
 *
 * @param transport {@code host:port} of the transport between nodes
 * @param http {@code host:port} of the node's HTTP server
 * @param join transport address of a member to join; null for the first node of a pool, or when the configuration names seed nodes
 * @param directory everything the node writes: data, bricks, log
 * @param options of {@code mortar node start}, without {@code --join}
 * @param environment variables that the configuration file refers to
 */
public record NodeSpec(
        String name,
        String transport,
        String http,
        @Nullable String join,
        Path directory,
        List<String> options,
        Map<String, String> environment) {

    /** A node that is told everything by options, and the rest by the configuration file {@code config}. */
    static NodeSpec byOptions(String name, String host, FreePorts ports, Path directory, Path config) {
        String transport = host + ":" + ports.transport();
        String http = host + ":" + ports.http();
        List<String> options = new ArrayList<>(List.of("--name", name, "--bind", transport, "--http", http));
        options.addAll(List.of("--data-dir", directory.resolve("data").toString(), "--config", config.toString()));
        return new NodeSpec(name, transport, http, null, directory, options, Map.of());
    }

    /** A node that is told everything by the configuration file {@code config}, which refers to {@code environment}. */
    static NodeSpec byConfiguration(
            String name, String host, FreePorts ports, Path directory, Path config, Map<String, String> environment) {
        return new NodeSpec(
                name,
                host + ":" + ports.transport(),
                host + ":" + ports.http(),
                null,
                directory,
                List.of("--config", config.toString()),
                environment);
    }

    /** Arguments of {@code mortar}. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("node", "start", "--stop-on-stdin-eof"));
        arguments.addAll(options);
        if (join != null) {
            arguments.addAll(List.of("--join", join));
        }
        return arguments;
    }

    /** Address of the node, for HTTP and for other nodes. */
    public String host() {
        return transport.substring(0, transport.lastIndexOf(':'));
    }

    /** Where the node keeps its identity and its metadata. */
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
        return new NodeSpec(name, transport, http, member, directory, options, environment);
    }
}
