package io.mortar.node.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.state.GroupStores;
import io.mortar.node.identity.DataDirectory;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.node.metadata.StoredPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes, the second of which cannot write down where it saw the first. */
class PeerMemoryTest {
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path directory;

    @Test
    void a_member_that_cannot_write_down_its_peers_says_so() throws Exception {
        Path founding = directory.resolve("bt1");
        StoredPool.copyTo(founding);
        Path joining = Files.createDirectory(directory.resolve("bt2"));
        storeMember(joining, identityIn(founding));
        Files.createDirectory(joining.resolve("node.json.tmp"));
        int port = freePort();
        MortarNode first = start(founding, "bt1", port, Map.of());
        try {
            NodeExit exit = start(joining, "bt2", freePort(), Map.of("mortar.join", List.of("127.0.0.1:" + port)))
                    .ended()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

            assertThat(exit)
                    .isInstanceOfSatisfying(
                            NodeExit.Failed.class,
                            failed -> assertThat(failed.reason())
                                    .contains("identity could not be written", "node.json.tmp: Is a directory"));
        } finally {
            first.stop();
            first.ended().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static NodeIdentity identityIn(Path dataDirectory) throws IOException {
        try (DataDirectory data = DataDirectory.open(dataDirectory)) {
            return data.load().orElseThrow();
        }
    }

    /** A node that was in the pool before and knows nobody: nothing but peers is to be written. */
    private static void storeMember(Path dataDirectory, NodeIdentity founder) throws IOException {
        try (DataDirectory data = DataDirectory.open(dataDirectory)) {
            data.store(new NodeIdentity(
                    new NodeId(new UUID(2, 2)),
                    new NodeName("bt2"),
                    founder.pool(),
                    founder.metadata(),
                    true,
                    List.of()));
        }
        UUID pool = Objects.requireNonNull(founder.pool()).value();
        KvOptions options = KvOptions.of(DiskSpace.UNLIMITED);
        GroupStores.openOrEmpty(dataDirectory.resolve("metadata"), new GroupIdentity(pool, 0), options, options)
                .close();
    }

    private static MortarNode start(Path dataDirectory, String name, int port, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("mortar.name", name);
        settings.put("mortar.data-dir", dataDirectory.toString());
        settings.put("mortar.bind.host", "127.0.0.1");
        settings.put("mortar.bind.port", port);
        return MortarNode.start(
                NodeConfiguration.complete(ConfigFactory.parseMap(settings)), "http://127.0.0.1:1", (what, cause) -> {
                    throw new AssertionError(what, cause);
                });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
