package io.mortar.cli.local;

import java.nio.file.Path;
import java.util.List;

/** How this same program is started once more: by the launcher it came from, or else by its JVM and class path. */
final class MortarProgram {
    private static final String MAIN_CLASS = "io.mortar.cli.Main";

    private MortarProgram() {}

    static List<String> command() {
        String launcher = System.getProperty("mortar.launcher");
        if (launcher != null) {
            return List.of(launcher);
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-Xmx96m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), MAIN_CLASS);
    }
}
