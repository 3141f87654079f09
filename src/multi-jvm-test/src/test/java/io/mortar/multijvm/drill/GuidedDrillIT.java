package io.mortar.multijvm.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import io.mortar.multijvm.pool.TypedCommand;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code mortar drill VOL --guided} on a pool of real nodes; the test does what it is told, as a person would. */
class GuidedDrillIT {
    private static final String VOLUME = "safe";
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    @RegisterExtension
    static final PoolExtension POOL =
            PoolExtension.ofNodes(4).configured("mortar.coordinator.heal { interval = 500ms, interval-max = 2s }");

    @BeforeAll
    static void makeVolume() throws Exception {
        POOL.volumes().createReplicated(VOLUME, 2, 2, POOL.bricks(1));
        POOL.http(1).put(VOLUME, "of the user", new byte[] {1, 2, 3});
    }

    @Test
    void a_drill_that_is_told_to_stop_removes_its_directory_and_says_what_may_have_to_be_undone() throws Exception {
        TypedCommand drill = drill("--faults", "pause");
        String victim = drill.awaitOutput("Fault 1 of 1, pause: (\\w+)", DEADLINE);

        drill.terminate();
        drill.awaitExit(DEADLINE);

        assertThat(drill.output())
                .contains("the process of the node " + victim + " is not frozen")
                .contains("Removed safe:/.mortar-drill-");
        assertNothingLeft();
    }

    @Test
    void a_person_does_the_faults_and_the_report_says_when_they_were_noticed_and_that_nothing_was_lost()
            throws Exception {
        TypedCommand drill = drill("--faults", "kill,corrupt,cut");

        NodeProcess victim = node(drill.awaitOutput("Fault 1 of 3, kill: (\\w+)", DEADLINE));
        victim.kill();
        drill.awaitOutput("(noticed it) [0-9.]+ s later", DEADLINE);
        victim.start();
        drill.awaitOutput("Fault 2 of 3, corrupt: (\\w+)", DEADLINE);
        shell(drill.awaitOutput("^ +(printf .*)$", DEADLINE));
        drill.awaitOutput("The pool (has noticed) it", DEADLINE);

        int exit = drill.awaitExit(DEADLINE);
        String printed = drill.output();
        // 3 is for an operation that took more than ten seconds, which proves nothing on a busy machine.
        assertThat(exit).as(printed).isIn(0, 3);
        assertThat(printed)
                .contains("Acknowledged files lost: 0. Files with wrong bytes: 0.")
                .contains("Skipped cut: the nodes share a machine")
                .containsPattern("kill +" + victim.name()
                        + ": killed with -9 and started again; noticed after [0-9.]+ s; all as it should be")
                .containsPattern("corrupt +bt\\d: a byte of a chunk file flipped; all as it should be")
                .contains("Removed safe:/.mortar-drill-");
        assertNothingLeft();
    }

    private void assertNothingLeft() throws IOException, InterruptedException {
        JsonNode root = POOL.http(1).list(VOLUME, "", "", 10).json();
        assertThat(root.required("entries")).hasSize(1);
        assertThat(root.required("entries").get(0).required("name").asText()).isEqualTo("of the user");
    }

    private static TypedCommand drill(String... options) throws IOException {
        String[] arguments = new String[options.length + 5];
        System.arraycopy(options, 0, arguments, 5, options.length);
        arguments[0] = "--node";
        arguments[1] = POOL.node(1).url().toString();
        arguments[2] = "drill";
        arguments[3] = VOLUME;
        arguments[4] = "--guided";
        return TypedCommand.start(POOL.directory(), arguments);
    }

    private static NodeProcess node(String name) {
        return POOL.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void shell(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(shell.waitFor()).as(command).isZero();
    }
}
