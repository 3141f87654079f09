package io.mortar.multijvm.pool;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The command line of {@code mortar} in a JVM of its own, with the flags of a machine with 512 MB. */
final class NodeCommand {
    static final String MAIN_CLASS = "io.mortar.cli.Main";
    /** The flags that the launcher gives to a node. */
    private static final Path FLAGS = Path.of(System.getProperty("mortar.root"), "cli/src/main/dist/conf/node.jvm");

    private NodeCommand() {}

    static List<String> of(NodeSpec spec) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + FLAGS);
        // Quick start matters more to a test than peak speed, hence the first compiler tier only.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of("-cp", classPath(), MAIN_CLASS));
        command.addAll(spec.arguments());
        return command;
    }

    static Map<String, String> environment(NodeSpec spec) {
        Map<String, String> environment = new HashMap<>(spec.environment());
        environment.put("MALLOC_ARENA_MAX", "2");
        return environment;
    }

    /** The test's class path without the tests themselves: what a user has. */
    static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("multi-jvm-test"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
