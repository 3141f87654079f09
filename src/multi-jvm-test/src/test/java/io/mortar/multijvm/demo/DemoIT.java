package io.mortar.multijvm.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mortar.multijvm.content.Content;
import io.mortar.multijvm.http.MortarHttp;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.Directories;
import io.mortar.multijvm.pool.FreePorts;
import io.mortar.multijvm.pool.Launcher;
import io.mortar.multijvm.pool.Workplace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration GONE = Duration.ofSeconds(30);

    private FreePorts ports = new FreePorts(0, 0);
    private Path output = Path.of("");
    private @Nullable Process running;

    @BeforeEach
    void makeDirectory() throws IOException {
        output = Workplace.newDirectory("demo");
        ports = FreePorts.on(List.of("127.0.0.1", "127.0.0.2", "127.0.0.3"));
    }

    @AfterEach
    void killAndDelete() throws Exception {
        if (running != null) {
            running.destroyForcibly().waitFor();
            Await.until(
                    "no process of the demo runs",
                    GONE,
                    () -> processesOf(output).isEmpty());
        }
        Directories.delete(output);
    }

    @Test
    void the_demo_succeeds_and_leaves_nothing_running() throws Exception {
        Process demo = start();

        assertThat(demo.waitFor(READY.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(demo.exitValue()).as(stderr()).isZero();
        assertThat(stdout()).contains("bt-vol", "bt1", "bt2", "bt3", "curl");
        Await.until(
                "no process of the demo runs", GONE, () -> processesOf(output).isEmpty());
    }

    @Test
    void a_kept_pool_is_found_again_with_its_files_and_stops_on_sigterm() throws Exception {
        byte[] content = Content.of(1, 3_000_000);
        for (int run = 0; run < 2; run++) {
            Process demo = start("--keep", "--json");
            JsonNode ready = awaitReadyLine(demo);
            String volume = ready.required("volume").asText();
            List<MortarHttp> nodes = new ArrayList<>();
            ready.required("urls").forEach(url -> nodes.add(new MortarHttp(URI.create(url.asText()))));
            assertThat(nodes).hasSize(3);
            assertThat(volume).isEqualTo("bt-vol");
            if (run == 0) {
                assertThat(nodes.get(0).put(volume, "kept", content).status()).isEqualTo(201);
            }

            assertThat(nodes.get(2).get(volume, "kept").bytes()).isEqualTo(content);

            demo.destroy();
            assertThat(demo.waitFor(GONE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            awaitGone(ready);
            assertThat(stdout().lines()).hasSize(1);
        }
    }

    @Test
    void a_demo_that_is_killed_takes_its_nodes_with_it() throws Exception {
        Process demo = start("--keep", "--json");
        JsonNode ready = awaitReadyLine(demo);

        demo.destroyForcibly().waitFor();

        awaitGone(ready);
    }

    private Process start(String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("demo", "--dir", output.resolve("data").toString()));
        arguments.addAll(List.of("--port", Integer.toString(ports.transport())));
        arguments.addAll(List.of("--http-port", Integer.toString(ports.http())));
        arguments.addAll(List.of(options));
        running = Launcher.start(output, arguments.toArray(String[]::new));
        return running;
    }

    private JsonNode awaitReadyLine(Process demo) throws IOException {
        Await.until("the demo is ready", READY, () -> {
            if (!demo.isAlive()) {
                throw new Await.GaveUpException("the demo exited with " + demo.exitValue() + ": " + stderr(), null);
            }
            return stdout().endsWith("\n");
        });
        return JSON.readTree(stdout());
    }

    private static void awaitGone(JsonNode ready) {
        assertThat(ready.required("pids")).hasSize(3);
        for (JsonNode pid : ready.required("pids")) {
            Await.until(
                    "node process " + pid + " is gone",
                    GONE,
                    () -> ProcessHandle.of(pid.asLong())
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
    }

    private static List<String> processesOf(Path directory) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(directory.toString()))
                .toList();
    }

    private String stdout() throws IOException {
        return Files.readString(output.resolve("stdout"));
    }

    private String stderr() throws IOException {
        return Files.readString(output.resolve("stderr"));
    }
}
