package io.mortar.multijvm.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.content.Content;
import io.mortar.multijvm.http.MortarHttp;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pool's first node, which holds the metadata, is killed and comes back. */
class MetadataNodeIT {
    private static final String VOLUME = "bt-vol";
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration RECOVERY = Duration.ofSeconds(40);

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(3);

    @Test
    void while_it_is_dead_requests_are_refused_naming_it_and_afterwards_everything_is_back() throws Exception {
        byte[] small = Content.of(1, 700);
        byte[] large = Content.of(2, 3_000_000);
        pool.volumes().createStarted(VOLUME, 3, 65_536, pool.bricks(1));
        pool.http(2).put(VOLUME, "small", small);
        pool.http(3).put(VOLUME, "large", large);

        pool.node(1).kill();

        for (int node = 2; node <= 3; node++) {
            MortarHttp http = pool.http(node).within(ANSWER);
            assertRefused(http.get(VOLUME, "small"));
            assertRefused(http.get(VOLUME, "large"));
            NodeProcess survivor = pool.node(node);
            Await.until("node " + node + " says that it is not ready", ANSWER, () -> !survivor.isReady());
            for (Answer change :
                    List.of(http.put(VOLUME, "new", small), http.delete(VOLUME, "small"), http.ask("volumes"))) {
                assertRefused(change);
            }
        }

        pool.start(1);
        for (int node = 1; node <= 3; node++) {
            pool.node(node).awaitReady();
            MortarHttp http = pool.http(node);
            Await.until(
                    "the file is readable through node " + node,
                    RECOVERY,
                    () -> http.get(VOLUME, "large").status() == 200);
            assertThat(http.get(VOLUME, "large").bytes()).isEqualTo(large);
            assertThat(http.get(VOLUME, "small").bytes()).isEqualTo(small);
            assertThat(http.get(VOLUME, "new").status()).isEqualTo(404);
            assertThat(http.put(VOLUME, "through" + node, large).status()).isEqualTo(201);
        }
    }

    private static void assertRefused(Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.json().path("code").asText()).isEqualTo("METADATA_UNAVAILABLE");
        assertThat(answer.json().path("detail").asText()).contains("bt1");
    }
}
