package io.mortar.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mortar.core.job.ChangePlan;
import io.mortar.core.job.JobPace;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.layout.BrickState;
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
        gateway.registry.allowed = allowed(true, List.of(id(1), id(3)));
        gateway.plan = CompletableFuture.completedStage(new ChangePlan(
                3, 4096, 2, 7000, "no brick has room", 7, List.of(), List.of(), 0, 0, new JobPace(100, 0)));

        HttpResponse<String> refused = send("POST", PATH + "/bricks/remove", "{\"bricks\":[\"bt1:/a\"]}");

        assertRefused(refused, 507, "NO_SPACE");
        assertThat(refused.body()).contains("2 file(s) of 7000 bytes", "no brick has room", "mortar volume add-brick");
        assertThat(gateway.planned).containsExactly(new ProposedChange.RemoveBricks(List.of(id(1), id(3))));
        assertRefused(send("PATCH", PATH, "{\"replica\":2}"), 507, "NO_SPACE");
        assertThat(gateway.registry.requests).hasOnlyElementsOfType(RegistryProtocol.TryChange.class);
    }

    @Test
    void what_the_registry_refuses_is_refused_before_files_are_looked_at() {
        gateway.plan = CompletableFuture.completedStage(new ChangePlan(
                3, 4096, 2, 7000, "no brick has room", 7, List.of(), List.of(), 0, 0, new JobPace(100, 0)));
        gateway.registry.refusal = new RefusedException(RefusalCode.TOO_FEW_BRICKS, "no brick would be left");
        for (String plan : List.of("", "?plan=true")) {
            assertRefused(
                    send("POST", PATH + "/bricks/remove" + plan, "{\"bricks\":[\"bt1:/a\"]}"), 409, "TOO_FEW_BRICKS");
            assertRefused(send("PATCH", PATH + plan, "{\"replica\":2}"), 409, "TOO_FEW_BRICKS");
        }
        assertThat(gateway.planned).isEmpty();
    }

    @Test
    void a_repeated_removal_is_not_proved_again() {
        gateway.registry.allowed = allowed(false, List.of(id(3)));
        gateway.plan = CompletableFuture.completedStage(new ChangePlan(
                3, 4096, 2, 7000, "no brick has room", 7, List.of(), List.of(), 0, 0, new JobPace(100, 0)));

        assertThat(send("POST", PATH + "/bricks/remove", "{\"bricks\":[\"bt3:/c\"]}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(gateway.planned).isEmpty();
    }

    @Test
    void an_addition_and_a_replacement_are_planned_with_the_room_that_the_nodes_found() {
        BrickLocation place = BrickLocation.parse("bt4:/d");
        BrickState coming = new BrickState(id(4), place, true, 1000);
        gateway.surveys = CompletableFuture.completedStage(List.of(coming));
        gateway.registry.allowed = new RegistryProtocol.ChangeAllowed(
                new VolumeId(1), true, List.of(), List.of(new RegistryProtocol.ComingBrick(id(4), place)), null);

        HttpResponse<String> added = send("POST", PATH + "/bricks?plan=true", "{\"bricks\":[\"bt4:/d\"]}");
        gateway.registry.allowed = new RegistryProtocol.ChangeAllowed(
                new VolumeId(1), true, List.of(id(3)), List.of(new RegistryProtocol.ComingBrick(id(4), place)), id(1));
        String replace = "{\"brick\":\"bt1:/a\",\"with\":\"bt4:/d\"}";
        HttpResponse<String> replaced = send("POST", PATH + "/bricks/replace?plan=true", replace);
        gateway.registry.allowed = allowed(false, List.of(id(1), id(3)));
        HttpResponse<String> repeated = send("POST", PATH + "/bricks/replace?plan=true", replace);

        assertThat(List.of(added.statusCode(), replaced.statusCode(), repeated.statusCode()))
                .containsOnly(200);
        assertThat(gateway.planned)
                .containsExactly(
                        new ProposedChange.AddBricks(List.of(coming)),
                        new ProposedChange.ReplaceBrick(id(1), coming),
                        new ProposedChange.RemoveBricks(List.of(id(1), id(3))));
        assertThat(gateway.registry.requests).hasOnlyElementsOfType(RegistryProtocol.TryChange.class);
    }

    private static RegistryProtocol.ChangeAllowed allowed(boolean changes, List<BrickId> leaving) {
        return new RegistryProtocol.ChangeAllowed(new VolumeId(1), changes, leaving, List.of(), null);
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
                List.of(new ChangePlan.Machine(new NodeName("bt1"), 5, 500, 1, 100)),
                5,
                600,
                new JobPace(100, 64)));

        HttpResponse<String> planned = send("POST", PATH + "/bricks/remove?plan=true", "{\"bricks\":[\"bt1:/a\"]}");

        assertThat(planned.statusCode()).as(planned.body()).isEqualTo(200);
        assertThat(new ObjectMapper().readTree(planned.body())).isEqualTo(new ObjectMapper().readTree("""
                {"feasible":true,"files":7,"filesToMove":3,"bytesToMove":4096,"stuckFiles":0,"stuckBytes":0,"stuckReason":"","rebalanceFiles":5,"rebalanceBytes":600,"estimatedSeconds":64,"rebalanceSeconds":10,
                 "limitBytesPerSecond":100,"measuredBytesPerSecond":64,
                 "bricks":[{"brick":"bt1:/a","usedBytesBefore":40,"freeBytesBefore":60,"usedBytesAfter":0,"freeBytesAfter":0}],
                 "machines":[{"node":"bt1","lostFilesBefore":5,"lostBytesBefore":500,"lostFilesAfter":1,"lostBytesAfter":100}]}
                """));
        assertThat(send("PATCH", PATH + "?plan=true", "{\"replica\":2}").statusCode())
                .isEqualTo(200);
        assertRefused(send("POST", PATH + "/bricks/remove/stop?plan=true", "{}"), 400, "BAD_REQUEST");
        String bricks = "{\"bricks\":[\"bt1:/a\"]}";
        for (String verb : List.of("", "/remove")) {
            assertRefused(send("POST", PATH + "/bricks" + verb + "?plan=yes", bricks), 400, "BAD_REQUEST");
        }
        assertThat(gateway.registry.requests).hasOnlyElementsOfType(RegistryProtocol.TryChange.class);
    }

    @Test
    void the_number_of_replicas_is_changed() {
        HttpResponse<String> changed = send("PATCH", PATH, "{\"replica\":2}");
        assertThat(gateway.registry.requests.remove()).isInstanceOf(RegistryProtocol.TryChange.class);
        assertThat(asked(RegistryProtocol.SetReplica.class, 202, changed).replicaCount())
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
}
