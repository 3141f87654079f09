package io.mortar.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobFailure;
import io.mortar.core.job.JobFindings;
import io.mortar.core.job.JobKind;
import io.mortar.core.job.JobState;
import io.mortar.core.job.JobStatus;
import io.mortar.core.job.ProposedChange;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import io.mortar.gateway.fake.RunningGateway;
import io.mortar.protocol.pool.RegistryProtocol;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobsTest {
    private static final VolumeName VOLUME = new VolumeName("bt-vol");
    private static final VolumeName OTHER = new VolumeName("other");
    private static final String PATH = "/api/v1/volumes/bt-vol/jobs";
    private static final JobStatus HEAL = new JobStatus(
            1, JobKind.HEAL, "", JobState.PAUSED, JobCounts.NONE, JobFindings.NONE, 0, -1, 5, 0, 1 << 20, "");
    private static final JobStatus DRAIN = new JobStatus(
            3,
            JobKind.DRAIN,
            "bt1:/b",
            JobState.RUNNING,
            new JobCounts(4, 4096, 10, 9000, 2),
            JobFindings.NONE,
            100,
            49,
            1_790_000_000_123L,
            0,
            0,
            "bt2:/b is full");
    private static final JobStatus SCRUB = new JobStatus(
            4,
            JobKind.SCRUB,
            "",
            JobState.DONE,
            new JobCounts(7, 70, 7, 70, 0),
            new JobFindings(1, 2, 3, 4),
            0,
            -1,
            1_790_000_000_000L,
            1_790_000_001_000L,
            0,
            "");

    private final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void answer() {
        gateway.jobs.jobs.put(VOLUME, List.of(HEAL, DRAIN, SCRUB));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static RegistryProtocol.VolumeStatus volume(int id, VolumeName name, VolumeState state) {
        return new RegistryProtocol.VolumeStatus(
                new VolumeId(id),
                name,
                new VolumeSpec(1, 1, 1 << 20),
                state,
                0,
                RegistryProtocol.VolumeUsage.NONE,
                List.of());
    }

    private static JsonNode json(HttpResponse<String> answer, int status) throws JsonProcessingException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> post(String path, String body) {
        return gateway.send("POST", path, body.getBytes(UTF_8), "Content-Type", "application/json");
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code, String text) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"", text);
    }

    @Test
    void the_jobs_of_a_volume_are_told_in_words_of_users() throws JsonProcessingException {
        JsonNode answer = json(gateway.get(PATH), 200);
        assertThat(answer).isEqualTo(new ObjectMapper().readTree("""
                {"partial":false,"unanswered":[],"jobs":[
                 {"volume":"bt-vol","id":1,"kind":"heal","brick":null,"state":"PAUSED","filesDone":0,"filesTotal":null,
                  "bytesDone":0,"bytesTotal":null,"failedItems":0,"bytesPerSecond":0,"etaSeconds":null,
                  "limitBytesPerSecond":1048576,"started":null,"ended":null,"lastError":"","findings":null},
                 {"volume":"bt-vol","id":3,"kind":"drain","brick":"bt1:/b","state":"RUNNING","filesDone":4,"filesTotal":10,
                  "bytesDone":4096,"bytesTotal":9000,"failedItems":2,"bytesPerSecond":100,"etaSeconds":49,
                  "limitBytesPerSecond":null,"started":"2026-09-21T14:13:20.123Z","ended":null,
                  "lastError":"bt2:/b is full","findings":null},
                 {"volume":"bt-vol","id":4,"kind":"scrub","brick":null,"state":"DONE","filesDone":7,"filesTotal":7,
                  "bytesDone":70,"bytesTotal":70,"failedItems":0,"bytesPerSecond":0,"etaSeconds":null,
                  "limitBytesPerSecond":null,"started":"2026-09-21T14:13:20.000Z","ended":"2026-09-21T14:13:21.000Z",
                  "lastError":"","findings":
                  {"corruptChunks":1,"missingChunks":2,"repairedChunks":3,"orphanedContents":4}}]}
                """));
        assertThat(json(gateway.get(PATH + "/3"), 200))
                .isEqualTo(answer.path("jobs").path(1));
    }

    @Test
    void the_jobs_of_all_started_volumes_are_told_and_who_did_not_say() throws JsonProcessingException {
        gateway.registry.reply = new RegistryProtocol.VolumesListed(List.of(
                volume(1, VOLUME, VolumeState.STARTED),
                volume(2, OTHER, VolumeState.STARTED),
                volume(3, new VolumeName("off"), VolumeState.STOPPED),
                volume(4, new VolumeName("just-deleted"), VolumeState.STARTED)));
        gateway.jobs.refusals.put(OTHER, new RefusedException(RefusalCode.OVERLOADED, "is being started"));

        JsonNode answer = json(gateway.get("/api/v1/jobs"), 200);
        assertThat(answer.path("partial").asBoolean()).isTrue();
        assertThat(answer.path("jobs").findValuesAsText("id")).containsExactly("1", "3", "4");
        assertThat(answer.path("unanswered")).hasSize(1);
        assertThat(answer.path("unanswered").path(0).toString())
                .isEqualTo("{\"volume\":\"other\",\"code\":\"OVERLOADED\",\"text\":\"is being started\"}");

        gateway.jobs.refusals.clear();
        gateway.jobs.jobs.put(OTHER, List.of(HEAL));
        JsonNode whole = json(gateway.get("/api/v1/jobs"), 200);
        assertThat(whole.path("partial").asBoolean()).isFalse();
        assertThat(whole.path("jobs")).hasSize(4);
    }

    @Test
    void while_the_metadata_is_away_no_volume_is_asked() throws JsonProcessingException {
        gateway.registry.reply = new RegistryProtocol.VolumesListed(List.of(volume(1, VOLUME, VolumeState.STARTED)));
        json(gateway.get("/api/v1/jobs"), 200);
        gateway.registry.refusal = new RefusedException(RefusalCode.METADATA_UNAVAILABLE, "nobody leads");

        JsonNode answer = json(gateway.get("/api/v1/jobs"), 200);
        assertThat(answer.path("partial").asBoolean()).isTrue();
        assertThat(answer.path("jobs")).isEmpty();
        assertThat(answer.path("unanswered").path(0).path("code").asText()).isEqualTo("METADATA_UNAVAILABLE");
    }

    @Test
    void a_job_is_started_and_described() throws JsonProcessingException {
        gateway.jobs.startedId = 4;
        HttpResponse<String> answer = post(PATH, "{\"kind\":\"scrub\"}");
        assertThat(json(answer, 202).path("kind").asText()).isEqualTo("scrub");
        assertThat(answer.headers().firstValue("Location")).contains(PATH + "/4");
        assertThat(gateway.jobs.requests).containsExactly("start bt-vol SCRUB");
    }

    @Test
    void a_rebalance_is_planned_without_being_started() throws JsonProcessingException {
        JsonNode plan = json(post(PATH + "?plan=true", "{\"kind\":\"rebalance\"}"), 200);
        assertThat(plan.path("filesToMove").asInt()).isEqualTo(3);
        assertThat(gateway.planned).containsExactly(new ProposedChange.Rebalance());
        assertRefused(post(PATH + "?plan=true", "{\"kind\":\"scrub\"}"), 400, "BAD_REQUEST", "only a rebalance");
        assertRefused(post(PATH + "?plan=false", "{\"kind\":\"rebalance\"}"), 400, "BAD_REQUEST", "nothing was done");
        assertThat(gateway.jobs.requests).isEmpty();
    }

    @Test
    void a_job_is_paused_resumed_cancelled_retried_and_limited() throws JsonProcessingException {
        for (String action : List.of("pause", "resume", "cancel", "retry")) {
            assertThat(json(post(PATH + "/3", "{\"action\":\"" + action + "\"}"), 200)
                            .path("id")
                            .asInt())
                    .isEqualTo(3);
        }
        json(post(PATH + "/1", "{\"action\":\"limit\",\"bytesPerSecond\":5000000000}"), 200);
        json(post(PATH + "/1", "{\"action\":\"limit\",\"bytesPerSecond\":0}"), 200);
        assertThat(gateway.jobs.requests)
                .containsExactly(
                        "PAUSE bt-vol/3 0",
                        "RESUME bt-vol/3 0",
                        "CANCEL bt-vol/3 0",
                        "RETRY bt-vol/3 0",
                        "LIMIT bt-vol/1 5000000000",
                        "LIMIT bt-vol/1 0");
    }

    @Test
    void failed_items_are_told_page_by_page() throws JsonProcessingException {
        gateway.jobs.failures = List.of(
                new JobFailure(20, "/a/b", "no place", 1_790_000_000_000L),
                new JobFailure(30, "", "was removed", 1_790_000_000_000L));
        JsonNode first = json(gateway.get(PATH + "/3/failures?limit=1"), 200);
        assertThat(first.toString())
                .isEqualTo("{\"failures\":[{\"inode\":20,\"path\":\"/a/b\",\"reason\":\"no place\","
                        + "\"failed\":\"2026-09-21T14:13:20.000Z\"}],\"next\":20}");
        JsonNode second = json(gateway.get(PATH + "/3/failures?after=20"), 200);
        assertThat(second.path("failures").path(0).path("inode").asInt()).isEqualTo(30);
        assertThat(second.path("failures").path(0).path("path").isNull()).isTrue();
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void what_is_not_exactly_right_is_not_asked_of_the_coordinator() {
        for (String body : Stream.of(
                        "{}", "{\"kind\":\"heal\"}", "{\"kind\":\"SCRUB\"}", "{\"kind\":\"rebalance\",\"x\":1}", "[]")
                .toList()) {
            assertRefused(post(PATH, body), 400, "BAD_REQUEST", "");
        }
        assertRefused(post(PATH, "{\"kind\":\"drain\"}"), 400, "BAD_REQUEST", "say one of rebalance, scrub");
        for (String body : List.of(
                "{}",
                "{\"action\":\"stop\"}",
                "{\"action\":\"PAUSE\"}",
                "{\"action\":\"pause\",\"bytesPerSecond\":1}",
                "{\"action\":\"limit\"}",
                "{\"action\":\"limit\",\"bytesPerSecond\":-1}",
                "{\"action\":\"limit\",\"bytesPerSecond\":1.5}",
                "{\"action\":\"limit\",\"bytesPerSecond\":\"1\"}")) {
            assertRefused(post(PATH + "/3", body), 400, "BAD_REQUEST", "");
        }
        for (String query : List.of("after=-1", "after=x", "limit=0", "limit=1001", "limit=1e3")) {
            assertRefused(gateway.get(PATH + "/3/failures?" + query), 400, "BAD_REQUEST", "");
        }
        assertRefused(gateway.send("POST", PATH), 415, "UNSUPPORTED_MEDIA_TYPE", "application/json");
        assertRefused(gateway.send("DELETE", PATH + "/3"), 405, "METHOD_NOT_ALLOWED", "");
        assertRefused(gateway.get(PATH + "/3/items"), 404, "NOT_FOUND", "docs/api.md");
        assertRefused(gateway.get("/api/v1/jobs/3"), 404, "NOT_FOUND", "docs/api.md");
        assertRefused(gateway.get("/api/v1/volumes/-/jobs"), 404, "VOLUME_NOT_FOUND", "volume list");
        assertThat(gateway.jobs.requests).isEmpty();
    }

    @Test
    void a_job_that_is_not_there_and_what_the_coordinator_refuses_are_told() {
        for (String id : List.of("9", "x", "0", "-3", "03", "99999999999999999999")) {
            assertRefused(gateway.get(PATH + "/" + id), 404, "NOT_FOUND", "mortar job list bt-vol");
            assertRefused(gateway.get(PATH + "/" + id + "/failures"), 404, "NOT_FOUND", "mortar job list bt-vol");
        }
        gateway.jobs.refusals.put(VOLUME, new RefusedException(RefusalCode.VOLUME_NOT_STARTED, "is not started"));
        assertRefused(gateway.get(PATH), 409, "VOLUME_NOT_STARTED", "is not started");
        assertRefused(post(PATH, "{\"kind\":\"scrub\"}"), 409, "VOLUME_NOT_STARTED", "is not started");
    }
}
