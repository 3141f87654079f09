package io.mortar.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.pool.NodeId;
import io.mortar.core.pool.NodeName;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodeIdentityTest {
    private static final NodeIdentity NEW =
            new NodeIdentity(new NodeId(new UUID(1, 2)), new NodeName("bt2"), null, null, false, List.of());

    @Test
    void the_peer_seen_last_comes_first_and_only_once() {
        assertThat(NEW.withPeer("a:1").withPeer("b:1").withPeer("a:1").peers()).containsExactly("a:1", "b:1");
    }

    @Test
    void the_oldest_peers_are_forgotten_beyond_the_bound() {
        NodeIdentity identity = NEW;
        for (int i : IntStream.range(0, NodeIdentity.PEER_COUNT_MAX + 3).toArray()) {
            identity = identity.withPeer("n" + i + ":1");
        }
        assertThat(identity.peers()).hasSize(NodeIdentity.PEER_COUNT_MAX).doesNotContain("n0:1", "n2:1");
    }
}
