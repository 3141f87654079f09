package io.mortar.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.gateway.fake.RunningGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuotasTest {
    private static final String PATH = "/api/v1/volumes/bt-vol/quotas";

    private final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private HttpResponse<String> put(String target, String body) {
        return gateway.send("PUT", target, body.getBytes(UTF_8), "Content-Type", "application/json");
    }

    private static void assertRefused(HttpResponse<String> response, int status, String... parts) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains(parts);
    }

    @Test
    void a_quota_is_set_listed_and_removed() {
        HttpResponse<String> set = put(PATH + "?path=/a%20b", "{\"limitBytes\":1000}");
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        String quota =
                "{\"path\":\"/a b\",\"limitBytes\":1000,\"limitEntries\":null,\"usedBytes\":5,\"usedEntries\":2}";
        assertThat(set.body()).isEqualTo(quota);
        assertThat(gateway.get(PATH).body()).isEqualTo("{\"volume\":\"bt-vol\",\"quotas\":[" + quota + "]}");
        assertThat(put(PATH + "?path=/a%20b", "{\"limitEntries\":7,\"limitBytes\":null}")
                        .body())
                .contains("\"limitBytes\":null,\"limitEntries\":7");
        assertThat(gateway.send("DELETE", PATH + "?path=/a%20b").statusCode()).isEqualTo(204);
        assertThat(gateway.get(PATH).body()).contains("\"quotas\":[]");
    }

    @Test
    void what_cannot_be_is_refused() {
        assertRefused(put(PATH, "{\"limitBytes\":1}"), 400, "BAD_REQUEST", "quotas?path=");
        assertRefused(put(PATH + "?path=a//b", "{\"limitBytes\":1}"), 400, "BAD_PATH");
        assertRefused(put(PATH + "?path=/a", "{\"limitBytes\":-1}"), 400, "limitBytes", "from 0");
        assertRefused(put(PATH + "?path=/a", "{\"bytes\":1}"), 400, "BAD_REQUEST");
        assertRefused(put("/api/v1/volumes/No%20name/quotas?path=/a", "{}"), 404, "VOLUME_NOT_FOUND");
        assertRefused(gateway.send("DELETE", PATH + "?path=/none"), 404, "NOT_FOUND");
        assertThat(gateway.send("PUT", PATH + "?path=/a", "{}".getBytes(UTF_8)).statusCode())
                .isEqualTo(415);
        HttpResponse<String> posted = gateway.send("POST", PATH);
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).hasValue("GET, HEAD, PUT, DELETE, OPTIONS");
    }
}
