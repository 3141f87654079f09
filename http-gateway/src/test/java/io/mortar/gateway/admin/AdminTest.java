package io.mortar.gateway.admin;

import static io.mortar.gateway.fake.InMemoryFileStore.STRIPE_UNIT_BYTES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobFindings;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobState;
import io.mortar.core.job.JobStatus;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import io.mortar.gateway.fake.RawConnection;
import io.mortar.gateway.fake.RunningGateway;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.pool.RegistryProtocol;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminTest {
    private static final String[] JSON = {"Content-Type", "application/json"};
    private static final String CREATE = "{\"name\":\"bt-vol\",\"stripe\":2,\"bricks\":[\"bt1:/bt1\",\"bt2:/bt2/\"]}";
    private final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static RegistryProtocol.VolumeStatus volume() {
        return new RegistryProtocol.VolumeStatus(
                new VolumeId(1),
                new VolumeName("bt-vol"),
                new VolumeSpec(2, 1, 1 << 20),
                VolumeState.STARTED,
                1_790_000_000_123L,
                new RegistryProtocol.VolumeUsage(12, 2, 345, 3, 2),
                List.of(
                        brick(
                                1,
                                BrickHealth.ONLINE,
                                "",
                                new BrickCapacity(100_000_000, 40_000_000, 60_000_000, 7000, "")),
                        new RegistryProtocol.BrickStatus(
                                new BrickId(new UUID(0, 2)),
                                BrickLocation.parse("bt2:/bt2"),
                                BrickHealth.QUARANTINED,
                                "I/O error",
                                new BrickCapacity(50_000_000, 10_000_000, 40_000_000),
                                true,
                                BrickLocation.parse("bt3:/new"))));
    }

    private static RegistryProtocol.BrickStatus brick(
            int number, BrickHealth health, String reason, BrickCapacity capacity) {
        return new RegistryProtocol.BrickStatus(
                new BrickId(new UUID(0, number)),
                BrickLocation.parse("bt" + number + ":/bt" + number),
                health,
                reason,
                capacity);
    }

    private JsonNode json(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }

    private void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void a_volume_is_described_with_totals_and_the_state_of_its_bricks() throws Exception {
        gateway.registry.reply = new RegistryProtocol.VolumeDescribed(volume());
        JsonNode answer = json(gateway.get("/api/v1/volumes/bt-vol"), 200);
        assertThat(answer).isEqualTo(new ObjectMapper().readTree("""
                                {"id":1,"name":"bt-vol","state":"STARTED","created":"2026-09-21T14:13:20.123Z",
                                 "stripe":2,"replica":1,"stripeUnitBytes":1048576,
                                 "capacity":{"totalBytes":150000000,"usedBytes":50000000,"freeBytes":100000000,"reservedBytes":7000},
                                 "usable":{"totalBytes":110000000,"usedBytes":50000000,"freeBytes":60000000},
                                 "usage":{"files":12,"directories":2,"storedBytes":345,"reducedFiles":3},
                                 "verdict":"ERROR","partial":false,"asOf":null,
                                 "reasons":[{"code":"BRICK_QUARANTINED","verdict":"ERROR",
                                  "text":"bricks of volume 'bt-vol' that failed and are out of use: bt2:/bt2; files with chunks that are only there cannot be read; see the logs of these nodes and check their disks"},
                                  {"code":"REDUNDANCY_REDUCED","verdict":"WARN",
                                  "text":"3 file(s) of volume 'bt-vol' have fewer copies than they should; they are healed when their bricks can be reached: 'mortar volume heal bt-vol status'"}],
                                 "bricks":[
                                 {"id":"00000000-0000-0000-0000-000000000001","brick":"bt1:/bt1","node":"bt1","directory":"/bt1",
                                  "health":"ONLINE","reason":"","capacity":{"totalBytes":100000000,"usedBytes":40000000,"freeBytes":60000000,"reservedBytes":7000},
                                  "leaving":false,"successor":null},
                                 {"id":"00000000-0000-0000-0000-000000000002","brick":"bt2:/bt2","node":"bt2","directory":"/bt2",
                                  "health":"QUARANTINED","reason":"I/O error","capacity":{"totalBytes":50000000,"usedBytes":10000000,"freeBytes":40000000,"reservedBytes":0},
                                  "leaving":true,"successor":"bt3:/new"}]}
                                """));
    }

    @Test
    void what_is_to_be_healed_is_told_by_brick() throws Exception {
        gateway.healing = CompletableFuture.completedStage(new Outcome.Healing(List.of(new Outcome.BrickHealing(
                new BrickId(new UUID(0, 1)), BrickLocation.parse("bt1:/bt1"), 4, 3, 2048, "is down"))));
        gateway.jobs.jobs.put(
                new VolumeName("bt-vol"),
                List.of(new JobStatus(
                        1, JobKind.HEAL, "", JobState.PAUSED, JobCounts.NONE, JobFindings.NONE, 0, -1, 0, 0, 0, "")));
        assertThat(json(gateway.get("/api/v1/volumes/bt-vol/heal"), 200)).isEqualTo(new ObjectMapper().readTree("""
                                {"volume":"bt-vol","paused":true,"filesLeft":4,"bricks":[
                                 {"brick":"bt1:/bt1","brickId":"00000000-0000-0000-0000-000000000001","filesLeft":4,
                                  "healedFiles":3,"copiedBytes":2048,"lastError":"is down"}]}
                                """));
        gateway.healing = CompletableFuture.failedStage(
                new RefusedException(RefusalCode.VOLUME_NOT_STARTED, "volume 'bt-vol' is not started"));
        assertRefused(gateway.get("/api/v1/volumes/bt-vol/heal"), 409, "VOLUME_NOT_STARTED");
    }

    @Test
    void a_volume_is_created_with_what_was_asked_for() throws Exception {
        gateway.registry.reply = new RegistryProtocol.VolumeDescribed(volume());
        HttpResponse<String> answer = gateway.send("POST", "/api/v1/volumes", CREATE.getBytes(UTF_8), JSON);
        assertThat(json(answer, 201).get("name").textValue()).isEqualTo("bt-vol");
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/volumes/bt-vol");
        RegistryProtocol.CreateVolume request = (RegistryProtocol.CreateVolume) gateway.registry.requests.remove();
        assertThat(request.spec()).isEqualTo(new VolumeSpec(2, 1, 1 << 20));
        assertThat(request.bricks()).containsExactly(BrickLocation.parse("bt1:/bt1"), BrickLocation.parse("bt2:/bt2"));
    }

    @Test
    void a_request_that_is_not_exactly_right_creates_nothing() {
        String[] bodies = {
            "",
            "null",
            "[]",
            "{",
            "{}",
            CREATE + "x",
            CREATE.replace("}", ",\"colour\":1}"),
            CREATE.replace("}", ",\"name\":\"again\"}"),
            CREATE.replace("2,", "\"2\","),
            CREATE.replace("2,", "2.5,"),
            CREATE.replace("2,", "0,"),
            CREATE.replace("2,", "99999999999,"),
            CREATE.replace("bt-vol", "bad name"),
            CREATE.replace("bt1:/bt1", "bt1"),
            CREATE.replace("\"bt1:/bt1\"", "null"),
            CREATE.replace("}", ",\"replica\":6}"),
            CREATE.replace("}", ",\"stripeUnitBytes\":1000}"),
            "[".repeat(100_000),
            CREATE.replace("bt-vol", "a".repeat(20_000)),
        };
        for (String body : bodies) {
            assertRefused(gateway.send("POST", "/api/v1/volumes", body.getBytes(UTF_8), JSON), 400, "BAD_REQUEST");
        }
        assertRefused(gateway.send("POST", "/api/v1/volumes", new byte[300_000], JSON), 413, "BODY_TOO_LARGE");
        assertThat(gateway.registry.requests).isEmpty();
    }

    @Test
    void another_site_s_form_changes_nothing() {
        for (String type :
                new String[] {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"}) {
            assertRefused(
                    gateway.send("POST", "/api/v1/volumes", CREATE.getBytes(UTF_8), "Content-Type", type),
                    415,
                    "UNSUPPORTED_MEDIA_TYPE");
            assertRefused(
                    gateway.send("POST", "/api/v1/volumes/bt-vol/stop", new byte[0], "Content-Type", type),
                    415,
                    "UNSUPPORTED_MEDIA_TYPE");
        }
        assertRefused(gateway.send("POST", "/api/v1/volumes/bt-vol/stop", new byte[0]), 415, "UNSUPPORTED_MEDIA_TYPE");
        assertThat(gateway.registry.requests).isEmpty();
    }

    @Test
    void volumes_are_started_stopped_and_deleted() throws Exception {
        gateway.registry.reply = new RegistryProtocol.VolumeDescribed(volume());
        assertThat(gateway.send("POST", "/api/v1/volumes/bt-vol/start", new byte[0], JSON)
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.send("POST", "/api/v1/volumes/bt-vol/stop", "{}".getBytes(UTF_8), JSON)
                        .statusCode())
                .isEqualTo(200);
        try (RawConnection raw = gateway.raw()) {
            raw.head(
                    "POST /api/v1/volumes/bt-vol/stop HTTP/1.1",
                    "Host: x",
                    "Content-Type: application/json; charset=utf-8");
            assertThat(raw.answer()).as("no body at all").startsWith("HTTP/1.1 200 ");
        }
        gateway.registry.reply = new RegistryProtocol.VolumeDeleted(new VolumeName("bt-vol"));
        assertThat(gateway.send("DELETE", "/api/v1/volumes/bt-vol").statusCode())
                .isEqualTo(204);
        assertThat(gateway.registry.requests)
                .hasExactlyElementsOfTypes(
                        RegistryProtocol.StartVolume.class,
                        RegistryProtocol.StopVolume.class,
                        RegistryProtocol.StopVolume.class,
                        RegistryProtocol.DeleteVolume.class);
    }

    @Test
    void refusals_of_the_registry_are_handed_on() {
        gateway.registry.refusal = new RefusedException(RefusalCode.BRICK_IN_USE, "brick bt1:/bt1 belongs to 'other'");
        HttpResponse<String> answer = gateway.send("POST", "/api/v1/volumes", CREATE.getBytes(UTF_8), JSON);
        assertRefused(answer, 409, "BRICK_IN_USE");
        assertThat(answer.body()).contains("belongs to 'other'");
        gateway.registry.refusal = new RefusedException(RefusalCode.TIMED_OUT, "no answer");
        assertRefused(gateway.send("DELETE", "/api/v1/volumes/other"), 504, "TIMED_OUT");
    }

    @Test
    void the_pool_lists_its_nodes_by_name() throws Exception {
        gateway.registry.reply = new RegistryProtocol.PoolDescribed(
                RunningGateway.POOL,
                new NodeName("bt1"),
                List.of(
                        new RegistryProtocol.NodeStatus(
                                RunningGateway.SELF,
                                new NodeName("bt2"),
                                "127.0.0.2:2551",
                                "http://127.0.0.2:8080",
                                false,
                                0),
                        new RegistryProtocol.NodeStatus(
                                RunningGateway.SELF,
                                new NodeName("bt1"),
                                "127.0.0.1:2551",
                                "http://127.0.0.1:8080",
                                true,
                                3)));
        JsonNode pool = json(gateway.get("/api/v1/pool"), 200);
        assertThat(pool.get("pool").textValue()).isEqualTo(RunningGateway.POOL.toString());
        assertThat(pool.get("node").textValue()).isEqualTo("bt1");
        assertThat(pool.get("metadata").toString()).isEqualTo("{\"node\":\"bt1\",\"reachable\":true}");
        assertThat(pool.get("nodes").get(0).get("name").textValue()).isEqualTo("bt1");
        assertThat(pool.get("nodes").get(0).get("metadata").booleanValue()).isTrue();
        assertThat(pool.get("nodes").get(0).get("bricks").intValue()).isEqualTo(3);
        assertThat(pool.get("nodes").get(1).get("reachable").booleanValue()).isFalse();
        assertThat(json(gateway.get("/api/v1/nodes"), 200).get("nodes")).isEqualTo(pool.get("nodes"));
        assertThat(pool.get("verdict").textValue()).isEqualTo("WARN");
        assertThat(pool.get("partial").booleanValue()).isFalse();
        assertThat(pool.get("reasons").get(0).get("code").textValue()).isEqualTo("NODE_DOWN");
    }

    @Test
    void a_node_without_the_metadata_tells_what_it_has_seen() throws Exception {
        gateway.registry.refusal = new RefusedException(RefusalCode.METADATA_UNAVAILABLE, "node bt1 is away");
        JsonNode pool = json(gateway.get("/api/v1/pool"), 200);
        assertThat(pool.get("metadata").toString()).isEqualTo("{\"node\":\"bt1\",\"reachable\":false}");
        assertThat(pool.get("nodes").get(0).get("address").textValue()).isEqualTo("127.0.0.1:2551");
        assertThat(pool.get("verdict").textValue()).isEqualTo("ERROR");
        assertThat(pool.get("partial").booleanValue()).isTrue();
        assertThat(pool.get("reasons").get(0).get("code").textValue()).isEqualTo("METADATA_UNAVAILABLE");
        gateway.topology = RunningGateway.topology(gateway.system(), false);
        assertThat(json(gateway.get("/api/v1/pool"), 200).get("pool").isNull()).isTrue();
    }

    @Test
    void without_the_metadata_volumes_are_shown_as_they_were_known_last() throws Exception {
        gateway.registry.refusal = new RefusedException(RefusalCode.METADATA_UNAVAILABLE, "node bt1 is away");
        assertRefused(gateway.get("/api/v1/volumes/bt-vol"), 503, "METADATA_UNAVAILABLE");

        gateway.registry.refusal = null;
        gateway.registry.reply = new RegistryProtocol.VolumesListed(List.of(volume()));
        JsonNode whole = json(gateway.get("/api/v1/volumes"), 200);
        assertThat(whole.get("partial").booleanValue()).isFalse();
        assertThat(whole.get("asOf").isNull()).isTrue();

        gateway.registry.refusal = new RefusedException(RefusalCode.TIMED_OUT, "no answer");
        JsonNode seen = json(gateway.get("/api/v1/volumes"), 200);
        assertThat(seen.get("partial").booleanValue()).isTrue();
        assertThat(seen.get("asOf").isTextual()).isTrue();
        assertThat(seen.get("reasons").get(0).get("code").textValue()).isEqualTo("METADATA_UNAVAILABLE");
        JsonNode volume = json(gateway.get("/api/v1/volumes/bt-vol"), 200);
        assertThat(volume.get("reasons").get(0).get("code").textValue()).isEqualTo("METADATA_UNAVAILABLE");
        assertThat(volume.get("bricks").get(0).get("health").textValue()).isEqualTo("UNREACHABLE");
        JsonNode pool = json(gateway.get("/api/v1/pool"), 200);
        assertThat(pool.get("volumes").get(0).get("verdict").textValue()).isEqualTo("ERROR");
    }

    @Test
    void a_node_is_forgotten_by_name() {
        gateway.registry.reply = new RegistryProtocol.NodeForgotten(new NodeName("bt9"));
        assertThat(gateway.send("DELETE", "/api/v1/nodes/bt9").statusCode()).isEqualTo(204);
        assertRefused(gateway.send("DELETE", "/api/v1/nodes/BAD_NAME"), 404, "NODE_NOT_FOUND");
    }

    @Test
    void stat_says_where_the_stripes_of_a_file_are() throws Exception {
        int size = 6 * STRIPE_UNIT_BYTES + 100;
        gateway.store.put("/a b/large", new byte[size]);
        JsonNode stat = json(gateway.get("/api/v1/volumes/vol/stat?path=/a%20b/large"), 200);
        assertThat(stat.get("type").textValue()).isEqualTo("file");
        assertThat(stat.get("size").intValue()).isEqualTo(size);
        assertThat(stat.get("inline").booleanValue()).isFalse();
        JsonNode layout = stat.get("layout");
        assertThat(layout.get("firstColumn").intValue()).isEqualTo(1);
        JsonNode columns = layout.get("columns");
        // Chunks 0..6 are on columns 1 2 0 1 2 0 1; the last one has 100 bytes.
        assertThat(columns.get(0).get("brick").textValue()).isEqualTo("bt1:/bt1");
        assertThat(columns.get(0).get("chunks").intValue()).isEqualTo(2);
        assertThat(columns.get(0).get("bytes").intValue()).isEqualTo(2 * STRIPE_UNIT_BYTES);
        assertThat(columns.get(1).get("chunks").intValue()).isEqualTo(3);
        assertThat(columns.get(1).get("bytes").intValue()).isEqualTo(2 * STRIPE_UNIT_BYTES + 100);
        assertThat(columns.get(2).get("chunks").intValue()).isEqualTo(2);
        gateway.store.put("/one", new byte[5000]);
        JsonNode one = json(gateway.get("/api/v1/volumes/vol/stat?path=/one"), 200)
                .get("layout")
                .get("columns");
        assertThat(one.findValues("bytes").stream().map(JsonNode::intValue)).containsExactly(0, 5000, 0);
    }

    @Test
    void stat_knows_small_files_and_directories() throws Exception {
        gateway.store.put("/d/small", "123456789".getBytes(UTF_8));
        JsonNode small = json(gateway.get("/api/v1/volumes/vol/stat?path=d/small"), 200);
        assertThat(small.get("inline").booleanValue()).isTrue();
        assertThat(small.get("layout").isNull()).isTrue();
        assertThat(small.get("crc32c").textValue()).as("RFC 3720's check value").isEqualTo("e3069283");
        JsonNode directory = json(gateway.get("/api/v1/volumes/vol/stat?path=/"), 200);
        assertThat(directory.get("type").textValue()).isEqualTo("directory");
        assertThat(directory.get("etag").isNull()).isTrue();
        assertRefused(gateway.get("/api/v1/volumes/vol/stat"), 400, "BAD_REQUEST");
        assertRefused(gateway.get("/api/v1/volumes/vol/stat?path=/a/../b"), 400, "BAD_PATH");
        assertRefused(gateway.get("/api/v1/volumes/vol/stat?path=/none"), 404, "NOT_FOUND");
    }

    @Test
    void what_the_api_does_not_have_is_told() {
        for (String path : new String[] {"", "x", "pool/x", "nodes/a/b", "volumes/a/b", "volumes/a/start/c"}) {
            assertRefused(gateway.get("/api/v1/" + path), 404, "NOT_FOUND");
        }
        for (String path :
                new String[] {"pool", "nodes", "nodes/a", "volumes", "volumes/a", "volumes/a/start", "volumes/a/stat"
                }) {
            HttpResponse<String> answer = gateway.send("PUT", "/api/v1/" + path, new byte[1]);
            assertRefused(answer, 405, "METHOD_NOT_ALLOWED");
            assertThat(gateway.send("OPTIONS", "/api/v1/" + path).headers().firstValue("Allow"))
                    .isPresent()
                    .isEqualTo(answer.headers().firstValue("Allow"));
        }
        assertRefused(gateway.get("/api/v1/volumes/bad%20name"), 404, "VOLUME_NOT_FOUND");
    }
}
