package io.mortar.cli.node;

import com.typesafe.config.Config;

/** Runs a node in this process. */
@FunctionalInterface
public interface NodeRunner {
    /**
     * Runs a node until it is stopped.
     *
     * @param config options of the command line, then the configuration file, then the defaults; resolved
     * @return exit code of the process
     */
    int run(Config config);
}
