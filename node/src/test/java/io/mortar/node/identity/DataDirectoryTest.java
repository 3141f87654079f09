package io.mortar.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private static final NodeIdentity NEW =
            new NodeIdentity(new NodeId(new UUID(1, 2)), new NodeName("bt2"), null, null, false, List.of());

    @TempDir
    Path temporary;

    @Test
    void an_identity_is_read_as_it_was_written() throws IOException {
        NodeIdentity inPool = NEW.inPool(
                        new PoolId(new UUID(3, 4)), new MetadataHolder(new NodeId(new UUID(5, 6)), new NodeName("bt1")))
                .withReplica()
                .withPeers(List.of("bt1:2551", "bt3:2551"));
        try (DataDirectory directory = DataDirectory.open(temporary.resolve("d"))) {
            assertThat(directory.load()).isEmpty();
            directory.store(NEW);
            assertThat(directory.load()).contains(NEW);
            directory.store(inPool);
        }
        try (DataDirectory again = DataDirectory.open(temporary.resolve("d"))) {
            assertThat(again.load()).contains(inPool);
            assertThat(inPool.founded()).isFalse();
        }
    }

    @Test
    void the_first_format_is_still_read() throws IOException {
        Files.writeString(temporary.resolve("node.json"), """
                {"formatVersion":1,"nodeId":"00000000-0000-0001-0000-000000000002","name":"bt2",
                 "poolId":"00000000-0000-0003-0000-000000000004",
                 "metadata":{"nodeId":"00000000-0000-0005-0000-000000000006","name":"bt1"},"peers":["bt1:2551"]}
                """);
        try (DataDirectory directory = DataDirectory.open(temporary)) {
            assertThat(directory.load())
                    .contains(NEW.inPool(
                                    new PoolId(new UUID(3, 4)),
                                    new MetadataHolder(new NodeId(new UUID(5, 6)), new NodeName("bt1")))
                            .withPeers(List.of("bt1:2551")));
        }
    }

    @Test
    void peers_are_remembered_on_disk_and_the_node_itself_is_none() throws IOException {
        try (DataDirectory directory = DataDirectory.open(temporary)) {
            IdentityKeeper keeper = IdentityKeeper.open(directory, NEW.name(), NEW::name);
            keeper.rememberPeer("bt1:2551", "bt2:2551");
            keeper.rememberPeer("bt2:2551", "bt2:2551");

            assertThat(directory.load().orElseThrow().peers()).containsExactly("bt1:2551");
        }
    }

    @Test
    void a_directory_in_use_is_refused() throws IOException {
        try (DataDirectory held = DataDirectory.open(temporary)) {
            assertThatThrownBy(() -> DataDirectory.open(held.path()))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void a_damaged_or_newer_identity_is_refused_and_kept() throws IOException {
        for (String text : List.of("{", "{\"formatVersion\":3}", "{\"formatVersion\":1,\"nodeId\":\"x\"}")) {
            Files.writeString(temporary.resolve("node.json"), text);
            try (DataDirectory directory = DataDirectory.open(temporary)) {
                assertThatThrownBy(directory::load)
                        .isInstanceOf(StartRefusedException.class)
                        .hasMessageContaining("node.json");
            }
            assertThat(temporary.resolve("node.json")).hasContent(text);
        }
    }

    @Test
    void a_file_in_the_place_of_the_directory_is_refused() throws IOException {
        Path file = Files.createFile(temporary.resolve("f"));
        assertThatThrownBy(() -> DataDirectory.open(file)).isInstanceOf(StartRefusedException.class);
    }
}
