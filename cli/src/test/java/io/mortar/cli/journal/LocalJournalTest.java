package io.mortar.cli.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.mortar.node.identity.StartRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalJournalTest {
    private static final Config LOCAL =
            ConfigFactory.parseString("mortar.coordinator { journal-plugin = mortar.journal.local,"
                    + " snapshot-plugin = mortar.snapshot.local }");

    @TempDir
    Path directory;

    @Test
    void a_pool_of_one_node_has_its_files_after_a_restart() throws IOException {
        int port = NodeInProcess.freePort();
        try (NodeInProcess node = NodeInProcess.start(directory, "a", port, List.of(), LOCAL)) {
            node.createVolume("a", directory.resolve("brick"));
            node.write("/file", "content");
        }
        try (NodeInProcess node = NodeInProcess.start(directory, "a", port, List.of(), LOCAL)) {
            assertThat(node.read("/file")).isEqualTo("content");
            node.write("/other", "more");
            assertThat(node.names()).containsExactly("file", "other");
            assertThat(node.faults()).isEmpty();
        }
    }

    @Test
    void plugins_that_do_not_go_together_are_refused() throws IOException {
        int port = NodeInProcess.freePort();
        Config half = ConfigFactory.parseString("mortar.coordinator.journal-plugin = mortar.journal.local");

        assertThatThrownBy(() -> NodeInProcess.start(directory, "a", port, List.of(), half))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("mortar.snapshot.quorum")
                .hasMessageContaining("set both");
    }
}
