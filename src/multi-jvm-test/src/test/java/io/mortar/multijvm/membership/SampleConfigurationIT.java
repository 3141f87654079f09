package io.mortar.multijvm.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.content.Content;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The configuration that the guide to a pool of three machines hands out, on three addresses of this one. */
class SampleConfigurationIT {
    private static final int MIB = 1024 * 1024;

    @RegisterExtension
    static final PoolExtension POOL = PoolExtension.bySampleConfiguration();

    @Test
    void its_nodes_find_each_other_by_seed_nodes_and_again_when_the_first_one_starts_last() throws Exception {
        byte[] content = Content.of(1, 5 * MIB);
        POOL.volumes().createStarted("bt-vol", 3, MIB, POOL.bricks(1));
        assertThat(POOL.http(2).put("bt-vol", "f", content).status()).isEqualTo(201);
        for (NodeProcess node : POOL.nodes()) {
            node.stop();
        }

        POOL.start(3, 2, 1);

        for (int node = 1; node <= 3; node++) {
            assertThat(POOL.http(node).get("bt-vol", "f").bytes()).isEqualTo(content);
        }
    }

    @Test
    void bricks_outside_the_configured_directory_are_refused() throws Exception {
        String outside = POOL.node(3).name() + ":" + POOL.directory().resolve("elsewhere");

        Answer refusal = POOL.volumes()
                .create(
                        "vol-bad",
                        3,
                        MIB,
                        List.of(POOL.node(1).brick(2), POOL.node(2).brick(2), outside));

        assertThat(refusal.status()).as(refusal.toString()).isEqualTo(403);
        assertThat(refusal.json().path("code").asText()).isEqualTo("BRICK_NOT_ALLOWED");
        assertThat(refusal.json().path("detail").asText())
                .contains(POOL.node(3).spec().directory().toString());
        assertThat(POOL.volumes().names()).doesNotContain("vol-bad");
    }
}
