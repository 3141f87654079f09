package io.mortar.node.boot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** The layers of a node's configuration. */
public final class NodeConfiguration {
    private NodeConfiguration() {}

    /**
     * What the user set, over how Mortar runs Akka ({@code mortar-akka.conf}), over the defaults of all libraries; resolved. Throws
     * {@link com.typesafe.config.ConfigException} when it cannot be resolved.
     */
    public static Config complete(Config fromUser) {
        return ConfigFactory.defaultOverrides()
                .withFallback(fromUser)
                .withFallback(
                        ConfigFactory.parseResources(NodeConfiguration.class.getClassLoader(), "mortar-akka.conf"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
    }
}
