package io.mortar.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mortar.core.job.ChangePlan;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import io.mortar.gateway.fake.RunningGateway;
import io.mortar.protocol.brick.BrickCapacity;
import io.mortar.protocol.brick.BrickHealth;
import io.mortar.protocol.pool.RegistryProtocol;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static final VolumeName VOLUME = new VolumeName("bt-vol");
    private static final String PATH = "/api/v1/volumes/bt-vol";
    private final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void answer() {
        gateway.registry.reply = new RegistryProtocol.VolumeDescribed(new RegistryProtocol.VolumeStatus(
                new VolumeId(1),
                VOLUME,
                new VolumeSpec(2, 1, 1 << 20),
                VolumeState.STARTED,
                0,
                RegistryProtocol.VolumeUsage.NONE,
                List.of(brick(1, "bt1:/a", false), brick(2, "bt2:/b", false), brick(3, "bt3:/c", true))));
    }

    private static RegistryProtocol.BrickStatus brick(int number, String place, boolean leaving) {
        return new RegistryProtocol.BrickStatus(
                id(number),
                BrickLocation.parse(place),
                BrickHealth.ONLINE,
                "",
                new BrickCapacity(100, 40, 60),
                leaving,
                null);
    }

    private static BrickId id(int number) {
        return new BrickId(new UUID(0, number));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return gateway.send(method, path, body.getBytes(UTF_8), "Content-Type", "application/json");
    }

    private <R extends RegistryProtocol.Request> R asked(Class<R> type, int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"name\":\"bt-vol\"");
        return type.cast(gateway.registry.requests.remove());
    }

    private void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void bricks_are_added_removed_kept_and_replaced() {
        List<BrickLocation> given = List.of(BrickLocation.parse("bt1:/a"), BrickLocation.parse("bt2:/b"));
        String body = "{\"bricks\":[\"bt1:/a\",\"bt2:/b/\"]}";
        RegistryProtocol.AddBricks add =
                asked(RegistryProtocol.AddBricks.class, 200, send("POST", PATH + "/bricks", body));
        assertThat(add.name()).isEqualTo(VOLUME);
        assertThat(add.bricks()).isEqualTo(given);
        HttpResponse<String> removed = send("POST", PATH + "/bricks/remove", body);
        gateway.registry.requests.remove();
        assertThat(asked(RegistryProtocol.RemoveBricks.class, 202, removed).bricks())
                .isEqualTo(given);
        assertThat(asked(RegistryProtocol.StopRemoval.class, 200, send("POST", PATH + "/bricks/remove/stop", body))
                        .bricks())
                .isEqualTo(given);
        RegistryProtocol.ReplaceBrick replace = asked(
                RegistryProtocol.ReplaceBrick.class,
                202,
                send("POST", PATH + "/bricks/replace", "{\"brick\":\"bt1:/a\",\"with\":\"bt2:/b\"}"));
        assertThat(List.of(replace.old(), replace.next())).isEqualTo(given);
    }

    @Test
    void a_removal_is_proved_with_what_is_leaving_already_and_refused_when_the_rest_has_no_room() {
        gateway.plan = CompletableFuture.completedStage(
                new ChangePlan(3, 4096, 2, 7000, "no brick has room", 7, List.of(), List.of()));

        HttpResponse<String> refused = send("POST", PATH + "/bricks/remove", "{\"bricks\":[\"bt1:/a\"]}");

        assertRefused(refused, 507, "NO_SPACE");
        assertThat(refused.body()).contains("2 file(s) of 7000 bytes", "no brick has room", "mortar volume add-brick");
        assertThat(gateway.planned).containsExactly(new ProposedChange.RemoveBricks(List.of(id(1), id(3))));
        assertRefused(send("PATCH", PATH, "{\"replica\":2}"), 507, "NO_SPACE");
        assertThat(gateway.registry.requests).hasOnlyElementsOfType(RegistryProtocol.DescribeVolume.class);
    }

    @Test
    void a_plan_changes_nothing() throws Exception {
        gateway.plan = CompletableFuture.completedStage(new ChangePlan(
                3,
                4096,
                0,
                0,
                "",
                7,
                List.of(new ChangePlan.Brick(id(1), BrickLocation.parse("bt1:/a"), 40, 60, 0, 0)),
                List.of(new ChangePlan.Machine(new NodeName("bt1"), 5, 500, 1, 100))));

        HttpResponse<String> planned = send("POST", PATH + "/bricks/remove?plan=true", "{\"bricks\":[\"bt1:/a\"]}");

        assertThat(planned.statusCode()).as(planned.body()).isEqualTo(200);
        assertThat(new ObjectMapper().readTree(planned.body())).isEqualTo(new ObjectMapper().readTree("""
                {"feasible":true,"files":7,"filesToMove":3,"bytesToMove":4096,"stuckFiles":0,"stuckBytes":0,"stuckReason":"",
                 "bricks":[{"brick":"bt1:/a","usedBytesBefore":40,"freeBytesBefore":60,"usedBytesAfter":0,"freeBytesAfter":0}],
                 "machines":[{"node":"bt1","lostFilesBefore":5,"lostBytesBefore":500,"lostFilesAfter":1,"lostBytesAfter":100}]}
                """));
        assertThat(send("PATCH", PATH + "?plan=true", "{\"replica\":2}").statusCode())
                .isEqualTo(200);
        for (String verb : List.of("", "/remove/stop", "/replace")) {
            assertRefused(send("POST", PATH + "/bricks" + verb + "?plan=true", "{}"), 400, "BAD_REQUEST");
        }
        assertThat(gateway.registry.requests).hasOnlyElementsOfType(RegistryProtocol.DescribeVolume.class);
        assertRefused(send("POST", PATH + "/bricks/remove?plan=true", "{\"bricks\":[\"bt9:/x\"]}"), 404, "NOT_FOUND");
    }

    @Test
    void the_number_of_replicas_is_changed() {
        assertThat(asked(RegistryProtocol.SetReplica.class, 202, send("PATCH", PATH, "{\"replica\":2}"))
                        .replicaCount())
                .isEqualTo(2);
    }

    @Test
    void what_is_not_exactly_right_is_not_asked_of_the_registry() {
        for (String body : List.of("{}", "{\"bricks\":[]}", "{\"bricks\":[null]}", "{\"bricks\":[\"bt1\"]}", "[]")) {
            for (String verb : List.of("", "/remove", "/remove/stop")) {
                assertRefused(send("POST", PATH + "/bricks" + verb, body), 400, "BAD_REQUEST");
            }
        }
        for (String body : List.of("{}", "{\"brick\":\"bt1:/a\"}", "{\"brick\":\"bt1\",\"with\":\"bt2:/b\"}")) {
            assertRefused(send("POST", PATH + "/bricks/replace", body), 400, "BAD_REQUEST");
        }
        for (String body : List.of("{}", "{\"replica\":\"2\"}", "{\"stripe\":2}")) {
            assertRefused(send("PATCH", PATH, body), 400, "BAD_REQUEST");
        }
        assertRefused(send("GET", PATH + "/bricks", ""), 405, "METHOD_NOT_ALLOWED");
        assertRefused(send("POST", PATH + "/bricks/else", "{}"), 404, "NOT_FOUND");
        assertRefused(
                gateway.send("PATCH", PATH, "{\"replica\":2}".getBytes(UTF_8), "Content-Type", "text/plain"),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        assertRefused(send("POST", "/api/v1/volumes/-/bricks", "{\"bricks\":[\"bt1:/a\"]}"), 404, "VOLUME_NOT_FOUND");
        assertThat(gateway.registry.requests).isEmpty();
    }

    @Test
    void what_the_registry_refuses_is_told() {
        gateway.registry.refusal = new RefusedException(RefusalCode.TOO_FEW_BRICKS, "no brick would be left");
        assertRefused(send("POST", PATH + "/bricks/remove", "{\"bricks\":[\"bt1:/a\"]}"), 409, "TOO_FEW_BRICKS");
    }
}
