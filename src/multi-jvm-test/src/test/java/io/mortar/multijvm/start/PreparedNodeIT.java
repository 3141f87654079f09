package io.mortar.multijvm.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.Directories;
import io.mortar.multijvm.pool.FreePorts;
import io.mortar.multijvm.pool.Launcher;
import io.mortar.multijvm.pool.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreparedNodeIT {
    private static final Duration PREPARED = Duration.ofMinutes(3);
    private static final Duration STARTED = Duration.ofMinutes(1);

    private Path directory = Path.of("");
    private @Nullable Process running;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Workplace.newDirectory("prepared");
    }

    @AfterEach
    void killAndDelete() throws Exception {
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
        Directories.delete(directory);
    }

    @Test
    void a_node_of_a_prepared_installation_takes_its_classes_from_the_archive() throws Exception {
        Path installation = copyOfInstallation();

        await(Launcher.start(installation, Map.of(), directory, "node", "prepare", "--json"), PREPARED);

        assertThat(Files.readString(directory.resolve("stdout"))).isEqualTo("{\"prepared\":true}\n");
        assertThat(installation.resolve("cds/node.jsa")).isRegularFile();
        Path loaded = directory.resolve("loaded");
        FreePorts ports = FreePorts.on(List.of("127.0.0.1"));
        running = Launcher.start(
                installation,
                Map.of("MORTAR_JAVA_OPTS", "-Xlog:class+load:file=" + loaded),
                directory,
                "node",
                "start",
                "--data-dir",
                directory.resolve("data").toString(),
                "--bind",
                "127.0.0.1:" + ports.transport(),
                "--http",
                "127.0.0.1:" + ports.http());
        Await.until(
                "the node has loaded the class that starts it from the archive",
                STARTED,
                () -> Files.readAllLines(loaded).stream()
                        .anyMatch(line -> line.contains("io.mortar.node.boot.MortarNode source: shared objects file")));
    }

    private Path copyOfInstallation() throws IOException {
        Path copy = directory.resolve("mortar");
        try (Stream<Path> files = Files.walk(Launcher.INSTALLATION)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        copy.resolve(Launcher.INSTALLATION.relativize(file).toString()));
            }
        }
        Directories.delete(copy.resolve("cds"));
        return copy;
    }

    private void await(Process process, Duration deadline) throws Exception {
        running = process;
        assertThat(process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(stderr()).isZero();
    }

    private String stderr() throws IOException {
        Path stderr = directory.resolve("stderr");
        return Files.exists(stderr) ? Files.readString(stderr) : "";
    }
}
