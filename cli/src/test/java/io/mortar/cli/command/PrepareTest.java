package io.mortar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.stub.Invocation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareTest {
    @TempDir
    Path directory;

    @Test
    void it_must_be_started_by_the_launcher() {
        Invocation refused = Invocation.of("node", "prepare");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("bin/mortar");
    }

    @Test
    void a_node_that_ends_early_is_a_failure_and_not_an_archive() {
        Invocation failed = Invocation.of("node", "prepare", "--directory", directory.toString());
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err()).contains("ended before it was ready");
        assertThat(failed.nodes()).hasSize(1);
        assertThat(directory).isEmptyDirectory();
    }
}
