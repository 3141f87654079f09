package io.mortar.multijvm.pool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code mortar} script at the top of the tree, running the distribution that this build has made. */
public final class Launcher {
    private static final Path TOP = Path.of(System.getProperty("mortar.root"));

    private Launcher() {}

    /** Starts {@code mortar}; its output goes to {@code stdout} and {@code stderr} in {@code directory}. */
    public static Process start(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(TOP.resolve("mortar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("stdout").toFile())
                .redirectError(directory.resolve("stderr").toFile());
        builder.environment()
                .put(
                        "MORTAR_HOME",
                        TOP.resolve("cli/target/distribution/mortar").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return Processes.start(builder);
    }
}
