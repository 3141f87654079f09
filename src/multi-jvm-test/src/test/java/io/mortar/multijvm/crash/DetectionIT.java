package io.mortar.multijvm.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.multijvm.metadata.Quorum;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lost nodes are noticed, and reports say so, whoever was lost. */
class DetectionIT {
    private static final String PLAIN = "plain";
    private static final String SAFE = "safe";
    /** 5 s is what is promised; the rest is for machines that are busy with something else. */
    private static final Duration NOTICED = Duration.ofSeconds(20);

    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(3).configured("mortar.metadata-calls.report-refresh = 1s");

    @BeforeEach
    void create() throws Exception {
        pool.volumes().createStarted(PLAIN, 3, 65_536, pool.bricks(1));
        pool.volumes().createReplicated(SAFE, 1, 2, pool.bricks(2));
        for (int node = 1; node <= 3; node++) {
            awaitReport("pool", node, "OK", false);
        }
    }

    @Test
    void every_other_node_says_so_after_kill_9_of_a_node_or_of_the_one_that_leads() throws Exception {
        NodeProcess lost = new Quorum(pool.nodes()).leader();
        lost.kill();
        for (int node = 1; node <= 3; node++) {
            if (pool.node(node) != lost) {
                awaitReason("pool", node, "NODE_DOWN", lost.name());
            }
        }
        for (int node = 1; node <= 3; node++) {
            if (pool.node(node) != lost) {
                awaitReason("volumes/" + PLAIN, node, "BRICK_DOWN", lost.brick(1));
                awaitReport("volumes/" + PLAIN, node, "ERROR", false);
                awaitReport("volumes/" + SAFE, node, "WARN", false);
                awaitReport("pool", node, "ERROR", false);
            }
        }
        lost.start();
        lost.awaitReady();
        awaitReport("pool", 1, "OK", false);
    }

    @Test
    void without_a_majority_the_last_node_says_what_it_sees() throws Exception {
        pool.node(1).kill();
        pool.node(2).kill();

        awaitReason("pool", 3, "NODE_DOWN", "bt2");
        JsonNode report = awaitReport("pool", 3, "ERROR", true);
        assertThat(texts(report, "METADATA_UNAVAILABLE")).isNotEmpty();
        awaitReason("volumes/" + SAFE, 3, "BRICK_DOWN", pool.node(1).brick(2));
        JsonNode volumes = awaitReport("volumes", 3, "ERROR", true);
        assertThat(volumes.path("volumes").size()).isEqualTo(2);
        assertThat(volumes.path("asOf").asText()).isNotEmpty();
    }

    private JsonNode awaitReport(String resource, int node, String verdict, boolean partial) {
        return Await.value(
                resource + " is " + verdict + " through node " + node + (partial ? ", partial" : ""), RECOVERY, () -> {
                    JsonNode report =
                            pool.http(node).within(ANSWER).ask(resource).json();
                    return report.path("verdict").asText().equals(verdict)
                                    && report.path("partial").asBoolean() == partial
                            ? report
                            : null;
                });
    }

    private JsonNode awaitReason(String resource, int node, String code, String named) {
        return Await.value(
                "node " + node + " has the reason " + code + " with " + named + " for " + resource, NOTICED, () -> {
                    JsonNode report =
                            pool.http(node).within(ANSWER).ask(resource).json();
                    return texts(report, code).stream().anyMatch(text -> text.contains(named)) ? report : null;
                });
    }

    private static List<String> texts(JsonNode report, String code) {
        List<String> texts = new ArrayList<>();
        for (JsonNode reason : report.path("reasons")) {
            if (reason.path("code").asText().equals(code)) {
                texts.add(reason.path("text").asText());
            }
        }
        return texts;
    }
}
