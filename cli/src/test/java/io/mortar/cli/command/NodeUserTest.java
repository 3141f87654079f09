package io.mortar.cli.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.cli.failure.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeUserTest {
    @TempDir
    private Path directory;

    @Test
    void another_user_is_refused_with_the_command_to_use() throws IOException {
        Path identity = Files.writeString(directory.resolve("node.json"), "{}");
        int owner = (int) Files.getAttribute(identity, "unix:uid");
        String name = Files.getOwner(identity).getName();

        assertThatCode(() -> NodeUser.require(directory, owner, "mortar meta recover"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> NodeUser.require(directory, owner + 1, "mortar meta recover"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("runs as user " + name)
                .hasMessageEndingWith("Run: sudo -u " + name + " mortar meta recover");
    }

    @Test
    void where_no_node_is_nobody_is_refused() {
        assertThatCode(() -> NodeUser.require(directory, -1, "mortar meta recover"))
                .doesNotThrowAnyException();
    }
}
