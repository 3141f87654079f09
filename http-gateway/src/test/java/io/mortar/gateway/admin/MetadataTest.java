package io.mortar.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mortar.core.pool.NodeId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.fake.RunningGateway;
import io.mortar.protocol.pool.MetadataProtocol.Member;
import io.mortar.protocol.pool.MetadataProtocol.MetadataStatus;
import io.mortar.protocol.pool.MetadataProtocol.Replica;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetadataTest {
    private static final String[] JSON = {"Content-Type", "application/json"};
    private static final NodeId STRANGER = new NodeId(new UUID(9, 9));

    private final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private JsonNode meta() throws IOException {
        HttpResponse<String> answer = gateway.get("/api/v1/meta");
        assertThat(answer.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void a_leader_tells_how_far_every_member_is() throws IOException {
        Member self = new Member(RunningGateway.SELF, "bt1:2551", true, 12, 0, 0, false);
        Member other = new Member(STRANGER, "bt2:2551", false, -1, -1, -1, true);
        Replica replica = new Replica(7, 3, 12, 11, 10, 0, List.of(other, self));
        gateway.metadata.status =
                new MetadataStatus("mortar.journal.quorum", RunningGateway.SELF, RunningGateway.SELF, replica);
        JsonNode meta = meta();
        assertThat(meta.path("leader").asText()).isEqualTo("bt1");
        assertThat(meta.path("term").asLong()).isEqualTo(7);
        assertThat(meta.path("log").path("applied").asLong()).isEqualTo(10);
        assertThat(meta.path("log").path("snapshot").isNull()).isTrue();
        JsonNode first = meta.path("members").path(0);
        assertThat(first.path("node").asText()).isEqualTo("bt1");
        assertThat(first.path("role").asText()).isEqualTo("voter");
        assertThat(first.path("leader").asBoolean()).isTrue();
        assertThat(first.path("lag").asLong()).isZero();
        JsonNode second = meta.path("members").path(1);
        assertThat(second.path("node").isNull())
                .as("a node that was never seen has no name")
                .isTrue();
        assertThat(second.path("id").asText()).isEqualTo(STRANGER.toString());
        assertThat(second.path("role").asText()).isEqualTo("learner");
        assertThat(second.path("match").isNull()).isTrue();
        assertThat(second.path("receivesSnapshot").asBoolean()).isTrue();
    }

    @Test
    void without_a_replica_there_is_little_to_tell() throws IOException {
        JsonNode meta = meta();
        assertThat(meta.path("journal").asText()).isEqualTo("mortar.journal.quorum");
        assertThat(meta.path("leader").isNull()).isTrue();
        assertThat(meta.path("log").isNull()).isTrue();
        assertThat(meta.path("members")).isEmpty();
    }

    @Test
    void leadership_is_handed_to_a_named_node_or_to_any() {
        assertThat(transfer("{\"to\":\"bt2\"}").statusCode()).isEqualTo(204);
        assertThat(transfer("{}").statusCode()).isEqualTo(204);
        assertThat(gateway.metadata.transfers).containsExactly("bt2", "null");
        assertThat(transfer("{\"to\":\"no/name\"}").statusCode()).isEqualTo(404);
        gateway.metadata.refusal = new RefusedException(RefusalCode.METADATA_UNAVAILABLE, "nobody took over");
        assertThat(transfer("{}").statusCode()).isEqualTo(503);
        assertThat(gateway.get("/api/v1/meta/transfer").statusCode()).isEqualTo(405);
        assertThat(gateway.get("/api/v1/meta/nothing").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> transfer(String body) {
        return gateway.send("POST", "/api/v1/meta/transfer", body.getBytes(UTF_8), JSON);
    }
}
