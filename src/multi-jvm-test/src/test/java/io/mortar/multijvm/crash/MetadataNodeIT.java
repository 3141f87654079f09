package io.mortar.multijvm.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.content.Content;
import io.mortar.multijvm.http.MortarHttp;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes that have a replica of the metadata are killed and come back. */
class MetadataNodeIT {
    private static final String VOLUME = "bt-vol";
    /** Requests wait for a leader, but not for ever. */
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private static final Duration RECOVERY = Duration.ofSeconds(40);

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(3);

    private final byte[] small = Content.of(1, 700);
    private final byte[] large = Content.of(2, 3_000_000);

    @BeforeEach
    void fill() throws Exception {
        pool.volumes().createStarted(VOLUME, 3, 65_536, pool.bricks(1));
        pool.http(2).put(VOLUME, "small", small);
        pool.http(3).put(VOLUME, "large", large);
    }

    @Test
    void without_the_node_that_founded_the_pool_metadata_is_served_as_before() throws Exception {
        pool.node(1).kill();

        for (int node = 2; node <= 3; node++) {
            MortarHttp http = pool.http(node).within(ANSWER);
            assertThat(http.get(VOLUME, "small").bytes()).isEqualTo(small);
            assertThat(http.put(VOLUME, "new" + node, small).status()).isEqualTo(201);
            assertThat(http.delete(VOLUME, "new" + node).status()).isEqualTo(204);
        }

        pool.start(1);
        assertEverythingIsThere();
    }

    @Test
    void without_a_majority_requests_are_refused_in_time_and_afterwards_everything_is_back() throws Exception {
        pool.node(1).kill();
        pool.node(2).kill();

        MortarHttp http = pool.http(3).within(ANSWER);
        NodeProcess survivor = pool.node(3);
        Await.until("node 3 says that it is not ready", ANSWER, () -> !survivor.isReady());
        // Two, since each waits for a leader, and a node that stays alone is taken out of the cluster after a while.
        for (Answer answer : List.of(http.get(VOLUME, "small"), http.put(VOLUME, "new", small))) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
            assertThat(answer.json().path("code").asText()).isEqualTo("METADATA_UNAVAILABLE");
            assertThat(answer.json().path("detail").asText()).contains("majority", "mortar meta status");
        }

        pool.killAll();
        pool.start(1, 2, 3);
        assertEverythingIsThere();
        assertThat(pool.http(2).get(VOLUME, "new").status()).isEqualTo(404);
    }

    private void assertEverythingIsThere() throws Exception {
        for (int node = 1; node <= 3; node++) {
            pool.node(node).awaitReady();
            MortarHttp http = pool.http(node);
            Await.until(
                    "the file is readable through node " + node,
                    RECOVERY,
                    () -> http.get(VOLUME, "large").status() == 200);
            assertThat(http.get(VOLUME, "large").bytes()).isEqualTo(large);
            assertThat(http.get(VOLUME, "small").bytes()).isEqualTo(small);
            assertThat(http.put(VOLUME, "through" + node, large).status()).isEqualTo(201);
        }
    }
}
