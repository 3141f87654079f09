package io.mortar.node.brick;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.pool.NodeName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineIdTest {
    @TempDir
    Path directory;

    @Test
    void nodes_on_one_kernel_have_one_id() throws Exception {
        Path bootId = Files.writeString(directory.resolve("boot_id"), "b0071d\n");
        assertThat(MachineId.read(bootId, new NodeName("bt1")))
                .isEqualTo("b0071d")
                .isEqualTo(MachineId.read(bootId, new NodeName("bt2")));
    }

    @Test
    void where_the_kernel_has_none_nodes_are_told_apart() {
        Path nothing = directory.resolve("nothing");
        assertThat(MachineId.read(nothing, new NodeName("bt1")))
                .isNotEqualTo(MachineId.read(nothing, new NodeName("bt2")));
    }
}
