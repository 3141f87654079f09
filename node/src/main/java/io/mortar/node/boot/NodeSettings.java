package io.mortar.node.boot;

import com.typesafe.config.Config;
import io.mortar.core.pool.NodeName;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node was told at its start; the keys are explained in this module's {@code reference.conf}. Nobody else in the module reads
 * the configuration.
 *
 * @param name null when the configuration does not say
 * @param address {@code host:port} under which others reach the node
 * @param seeds {@code host:port} of the seed nodes
 * @param join {@code host:port} of nodes to join
 */
public record NodeSettings(
        @Nullable NodeName name,
        Path dataDirectory,
        String address,
        List<String> seeds,
        List<String> join,
        FeatureSettings features) {
    public NodeSettings {
        seeds = List.copyOf(seeds);
        join = List.copyOf(join);
    }

    /** Reads {@code mortar}. Throws {@link IllegalArgumentException} or {@link com.typesafe.config.ConfigException} on bad values. */
    public static NodeSettings from(Config config) {
        Config mortar = config.getConfig("mortar");
        int port = HostPort.checkPort(mortar.getInt("bind.port"), "mortar.bind.port");
        String name = mortar.getString("name");
        return new NodeSettings(
                name.isEmpty() ? null : new NodeName(name),
                Path.of(mortar.getString("data-dir")).toAbsolutePath().normalize(),
                HostPort.parse(mortar.getString("bind.host"), port, "mortar.bind.host"),
                addresses(mortar, "seed-nodes", port),
                addresses(mortar, "join", port),
                FeatureSettings.from(config));
    }

    private static List<String> addresses(Config mortar, String key, int port) {
        return mortar.getStringList(key).stream()
                .map(text -> HostPort.parse(text, port, "mortar." + key))
                .toList();
    }
}
