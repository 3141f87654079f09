package io.mortar.cli.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.mortar.node.boot.NodeExit;
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

    private static final Config REPLICATED = ConfigFactory.empty();

    /** Nobody asks this journal for anything, so it does not have to exist. */
    private static final Config SHARED =
            ConfigFactory.parseString("mortar.coordinator { journal-plugin = some-database-journal,"
                    + " snapshot-plugin = some-database-snapshots }");

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
    void a_pool_goes_on_with_its_files_when_it_is_replicated_and_the_way_back_is_refused() throws Exception {
        int port = NodeInProcess.freePort();
        try (NodeInProcess node = NodeInProcess.start(directory, "a", port, List.of(), LOCAL)) {
            node.createVolume("a", directory.resolve("brick"));
            node.write("/file", "content");
        }
        try (NodeInProcess node = NodeInProcess.start(directory, "a", port, List.of(), REPLICATED)) {
            assertThat(node.read("/file")).isEqualTo("content");
            node.write("/other", "more");
        }
        assertRefused(port, LOCAL, "mortar.journal.local");
        assertRefused(port, SHARED, "some-database");
        try (NodeInProcess node = NodeInProcess.start(directory, "a", port, List.of(), REPLICATED)) {
            assertThat(node.names()).containsExactly("file", "other");
            assertThat(node.faults()).isEmpty();
        }
    }

    private void assertRefused(int port, Config journal, String name) throws Exception {
        NodeInProcess node = NodeInProcess.start(directory, "a", port, List.of(), journal);

        assertThat(node.exit())
                .isInstanceOfSatisfying(
                        NodeExit.Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains(name, "set mortar.coordinator.journal-plugin = mortar.journal.quorum"));
        assertThat(node.faults()).isEmpty();
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
