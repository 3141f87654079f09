package io.mortar.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.gateway.fake.RunningGateway;
import io.mortar.protocol.pool.PoolTopology;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void a_node_in_a_pool_with_its_metadata_is_ready() {
        assertThat(gateway.get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
        assertThat(gateway.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
        HttpResponse<String> head = gateway.send("HEAD", "/health/ready");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).hasValue("18");
    }

    @Test
    void a_node_without_a_pool_lives_but_is_not_ready() {
        gateway.topology = RunningGateway.topology(gateway.system(), false);
        assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
        HttpResponse<String> ready = gateway.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.headers().firstValue("Retry-After")).isPresent();
        assertThat(ready.body()).contains("NOT_READY", "not in a pool");
    }

    @Test
    void a_node_that_lost_the_metadata_names_who_has_it() {
        PoolTopology all = gateway.topology;
        gateway.topology =
                new PoolTopology(all.self(), all.pool(), all.metadataNode(), null, null, all.nodes(), all.bricks());
        assertThat(gateway.get("/health/ready").body()).contains("node bt1");
        gateway.topology = new PoolTopology(all.self(), all.pool(), null, null, null, all.nodes(), all.bricks());
        assertThat(gateway.get("/health/ready").body()).contains("no node serves");
    }
}
