package io.mortar.multijvm.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.multijvm.content.Content;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may be in a pool, and how nodes find it again. */
class MembershipIT {
    private static final Duration REFUSAL = Duration.ofSeconds(40);
    private static final Duration RECOVERY = Duration.ofSeconds(40);

    @RegisterExtension
    static final PoolExtension POOL = PoolExtension.ofNodes(3);

    @Test
    void a_second_node_with_the_same_name_is_refused() throws Exception {
        NodeProcess impostor = POOL.stranger("bt2");
        impostor.joinThrough(POOL.node(1));

        impostor.start();

        assertThat(impostor.awaitExit(REFUSAL)).isEqualTo(1);
        assertThat(impostor.log()).contains("bt2", "name");
        POOL.awaitSight();
    }

    @Test
    void a_node_of_another_pool_is_refused_and_keeps_its_own() throws Exception {
        NodeProcess foreigner = POOL.stranger("bt9");
        foreigner.start();
        foreigner.awaitReady();
        foreigner.stop();
        foreigner.joinThrough(POOL.node(1));

        foreigner.start();

        assertThat(foreigner.awaitExit(REFUSAL)).isEqualTo(1);
        assertThat(foreigner.log()).contains("pool");
        POOL.awaitSight();
        foreigner.joinThrough(null);
        foreigner.start();
        foreigner.awaitReady();
        foreigner.stop();
    }

    @Test
    void nodes_find_their_pool_again_in_any_order_of_starting() throws Exception {
        byte[] content = Content.of(1, 3_000_000);
        POOL.volumes().createStarted("bt-vol", 3, 65_536, POOL.bricks(1));
        POOL.http(1).put("bt-vol", "f", content);
        int[][] orders = {{3, 2, 1}, {2, 1, 3}};

        for (int round = 0; round < orders.length; round++) {
            if (round == 0) {
                for (NodeProcess node : POOL.nodes()) {
                    node.stop();
                }
            } else {
                POOL.killAll();
            }
            POOL.start(orders[round]);

            for (int number = 1; number <= 3; number++) {
                int node = number;
                Await.until(
                        "the file is readable through node " + node,
                        RECOVERY,
                        () -> POOL.http(node).get("bt-vol", "f").status() == 200);
                assertThat(POOL.http(node).get("bt-vol", "f").bytes()).isEqualTo(content);
            }
        }
    }
}
