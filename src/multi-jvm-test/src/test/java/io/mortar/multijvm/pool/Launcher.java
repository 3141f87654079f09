package io.mortar.multijvm.pool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code mortar} script at the top of the tree, running the distribution that this build has made. */
public final class Launcher {
    private static final Path TOP = Path.of(System.getProperty("mortar.root"));

    /** The distribution that this build has made. */
    public static final Path INSTALLATION = TOP.resolve("cli/target/distribution/mortar");

    private Launcher() {}

    /** Starts {@code mortar}; its output goes to {@code stdout} and {@code stderr} in {@code directory}. */
    public static Process start(Path directory, String... arguments) throws IOException {
        return start(INSTALLATION, Map.of(), directory, arguments);
    }

    /**
     * As {@link #start(Path, String...)}, with another installation.
     *
     * @param environment besides that of this process
     */
    public static Process start(Path installation, Map<String, String> environment, Path directory, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(TOP.resolve("mortar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("stdout").toFile())
                .redirectError(directory.resolve("stderr").toFile());
        builder.environment().put("MORTAR_HOME", installation.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return Processes.start(builder);
    }
}
