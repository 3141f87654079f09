package io.mortar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.stub.Invocation;
import io.mortar.cli.stub.StubNode;
import io.mortar.cli.terminal.Terminal.Stream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobCommandsTest {
    private static final String JOBS = "/api/v1/volumes/bt-vol/jobs";

    private StubNode node;

    @BeforeEach
    void start() throws IOException {
        node = StubNode.start();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static String job(int id, String kind, String state, String more) {
        return "{\"volume\":\"bt-vol\",\"id\":" + id + ",\"kind\":\"" + kind + "\",\"state\":\"" + state + "\","
                + "\"brick\":null,\"filesDone\":120,\"filesTotal\":1400,\"bytesDone\":1073741824,\"bytesTotal\":2147483648,"
                + "\"limitBytesPerSecond\":null,\"started\":\"2026-11-22T08:47:41.123Z\",\"ended\":null,\"findings\":null,"
                + more + "\"lastError\":\"\"}";
    }

    private static String running(int id, String kind) {
        return job(id, kind, "RUNNING", "\"failedItems\":0,\"bytesPerSecond\":67108864,\"etaSeconds\":176,");
    }

    private static String ended(int id, String kind, String state, int failed) {
        return job(id, kind, state, "\"failedItems\":" + failed + ",\"bytesPerSecond\":0,\"etaSeconds\":null,");
    }

    private static String list(String... jobs) {
        return "{\"partial\":false,\"unanswered\":[],\"jobs\":[" + String.join(",", jobs) + "]}";
    }

    private Invocation run(String words) {
        return run(EnumSet.noneOf(Stream.class), words);
    }

    private Invocation run(EnumSet<Stream> terminals, String words) {
        String[] arguments = ("--node " + node.uri() + " " + words).split(" ");
        return Invocation.with("n\n", terminals, arguments);
    }

    private void assertDone(Invocation done, String... out) {
        assertThat(done.exit()).as(done.err()).isZero();
        for (String text : out) {
            assertThat(done.out()).contains(text);
        }
    }

    @Test
    void jobs_are_listed_in_both_word_orders() {
        node.answer("GET " + JOBS, 200, list(running(7, "rebalance")));
        for (String words : List.of("job list bt-vol", "list job bt-vol")) {
            assertDone(
                    run(words),
                    "bt-vol/7",
                    "rebalance",
                    "running",
                    "120/1400",
                    "1.0G/2.0G",
                    "64M/s",
                    "2m56s",
                    "FAILED");
        }
    }

    @Test
    void a_list_without_some_volumes_says_so_and_has_its_own_exit_code() {
        node.answer(
                "GET /api/v1/jobs",
                200,
                "{\"partial\":true,\"unanswered\":[{\"volume\":\"safe\",\"code\":\"OVERLOADED\",\"text\":\"is being started\"}],"
                        + "\"jobs\":[" + running(7, "drain") + "]}");
        Invocation listed = run("job list");
        assertThat(listed.exit()).isEqualTo(4);
        assertThat(listed.out()).contains("bt-vol/7");
        assertThat(listed.err()).contains("'safe'", "is being started");
        assertThat(run("job list --json").out()).contains("\"unanswered\":[{\"volume\":\"safe\"");
    }

    @Test
    void a_job_is_shown_with_all_items_that_failed() {
        node.answer("GET " + JOBS + "/7", 200, ended(7, "rebalance", "FAILED", 2));
        node.answer(
                "GET " + JOBS + "/7/failures?after=0",
                200,
                "{\"failures\":[{\"inode\":20,\"path\":\"/a/b\",\"reason\":\"no place\",\"failed\":\"2026\"}],\"next\":20}");
        node.answer(
                "GET " + JOBS + "/7/failures?after=20",
                200,
                "{\"failures\":[{\"inode\":30,\"path\":null,\"reason\":\"gone\",\"failed\":\"2026\"}],\"next\":null}");
        Invocation shown = run("show job bt-vol/7");
        assertThat(shown.exit()).as(shown.err()).isEqualTo(3);
        assertThat(shown.out()).contains("failed", "/a/b", "no place", "(removed, inode 30)", "2 item(s)");
        assertThat(run("job show bt-vol/7 --json").out())
                .contains("\"failures\":[{\"inode\":20", "{\"inode\":30", "\"kind\":\"rebalance\"");
        node.answer(
                "GET " + JOBS + "/8",
                200,
                ended(8, "scrub", "DONE", 0)
                        .replace(
                                "\"findings\":null",
                                "\"findings\":{\"corruptChunks\":3,\"missingChunks\":1,\"repairedChunks\":2,\"orphanedContents\":5}"));
        assertDone(run("job show bt-vol/8"), "3 corrupt and 1 missing chunks, 2 of them repaired; 5 orphaned contents");
    }

    @Test
    void a_job_is_paused_resumed_retried_and_limited() {
        node.answer("POST " + JOBS + "/7", 200, running(7, "rebalance"));
        for (String action : List.of("pause", "resume", "retry")) {
            assertDone(run("job " + action + " bt-vol/7"), "Job bt-vol/7 (rebalance) is running.");
        }
        node.answer(
                "POST " + JOBS + "/1",
                200,
                running(1, "heal").replace("\"limitBytesPerSecond\":null", "\"limitBytesPerSecond\":33554432"));
        assertDone(run("limit job bt-vol/1 32MiB/s"), "32MiB per second");
        assertDone(run("job limit bt-vol/1 off"));
        assertThat(node.bodies())
                .containsExactly(
                        "{\"action\":\"pause\"}",
                        "{\"action\":\"resume\"}",
                        "{\"action\":\"retry\"}",
                        "{\"action\":\"limit\",\"bytesPerSecond\":33554432}",
                        "{\"action\":\"limit\",\"bytesPerSecond\":0}");
    }

    @Test
    void a_job_is_cancelled_only_after_a_yes() {
        node.answer("POST " + JOBS + "/7", 200, ended(7, "rebalance", "CANCELLED", 0));
        Invocation asked = run(EnumSet.of(Stream.IN), "job cancel bt-vol/7");
        assertThat(asked.exit()).isEqualTo(1);
        assertThat(asked.err()).contains("Cancel the job bt-vol/7?", "[y/N]", "Not done.");
        assertThat(node.bodies()).isEmpty();
        assertDone(run("job cancel bt-vol/7 --yes"), "is cancelled.");
        assertThat(node.bodies()).containsExactly("{\"action\":\"cancel\"}");
    }

    @Test
    void what_cannot_be_meant_is_wrong_usage() {
        for (String words : List.of(
                "job show bt-vol",
                "job show 7",
                "job pause bt-vol/x",
                "job pause bt-vol/0",
                "job limit bt-vol/7",
                "job limit bt-vol/7 fast",
                "job limit bt-vol/7 0",
                "job wait bt-vol/7 --for soon",
                "job list bt/vol",
                "volume rebalance bt-vol",
                "volume rebalance bt-vol retry",
                "volume scrub bt-vol status --wait")) {
            assertThat(run(words).exit()).as(words).isEqualTo(2);
        }
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void waiting_ends_with_the_job_as_its_exit_code_says() {
        node.answer("GET " + JOBS + "/7", 200, ended(7, "rebalance", "DONE", 0));
        assertDone(run("job wait bt-vol/7"), "Job bt-vol/7 (rebalance) is done: 120 files, 1.0G.");
        node.answer("GET " + JOBS + "/7", 200, ended(7, "rebalance", "FAILED", 2));
        Invocation failed = run("wait job bt-vol/7");
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.out()).contains("2 items failed", "mortar job show bt-vol/7");
        node.answer("GET " + JOBS + "/7", 200, ended(7, "rebalance", "CANCELLED", 0));
        assertThat(run("job wait bt-vol/7 --json").exit()).isEqualTo(1);
        node.answer("GET " + JOBS + "/1", 200, ended(1, "heal", "RUNNING", 0));
        assertThat(run("job wait bt-vol/1").err()).contains("never ends");
    }

    @Test
    void waiting_shows_how_far_it_is_on_a_terminal_and_gives_up_in_time() {
        node.answer("GET " + JOBS + "/7", 200, running(7, "rebalance"));
        Invocation shown = run(EnumSet.of(Stream.ERR), "job wait --for 1ms bt-vol/7");
        assertThat(shown.exit()).isEqualTo(4);
        assertThat(shown.err())
                .contains("\rbt-vol/7 rebalance  50% [==========>         ] 1.0G/2.0G 64M/s ETA 2m56s")
                .contains("has not ended within", "it goes on");
        assertThat(run("job wait --for 1ms bt-vol/7").err()).doesNotContain("\r");
    }

    @Test
    void waiting_says_what_a_paused_job_needs() {
        node.answer("GET " + JOBS + "/7", 200, ended(7, "rebalance", "PAUSED", 0));
        assertThat(run("job wait --for 1ms bt-vol/7").err()).contains("paused", "mortar job resume bt-vol/7");
    }

    @Test
    void waiting_bears_a_change_of_leaders_but_not_for_ever() {
        node.refuse("GET " + JOBS + "/7", 503, "METADATA_UNAVAILABLE", "nobody leads");
        Invocation lost = run("job wait bt-vol/7 --timeout 1ms");
        assertThat(lost.exit()).isEqualTo(4);
        Invocation patient = run("job wait bt-vol/7 --for 1ms");
        assertThat(patient.exit()).isEqualTo(4);
        assertThat(patient.err()).contains("has not ended within");
        node.refuse("GET " + JOBS + "/7", 404, "NOT_FOUND", "no such job");
        assertThat(run("job wait bt-vol/7").exit()).isEqualTo(1);
    }

    @Test
    void a_rebalance_is_started_and_followed_to_its_end() {
        node.answer("POST " + JOBS, 202, running(7, "rebalance"));
        node.answer("GET " + JOBS + "/7", 200, ended(7, "rebalance", "DONE", 0));
        for (String words : List.of("volume rebalance bt-vol start", "rebalance volume bt-vol start")) {
            assertDone(run(words), "Job bt-vol/7 (rebalance) is running.", "mortar volume rebalance bt-vol status");
        }
        assertDone(run("volume rebalance bt-vol start --wait"), "is done");
        assertThat(node.bodies().get(0)).isEqualTo("{\"kind\":\"rebalance\"}");
    }

    @Test
    void verbs_of_a_kind_are_about_the_newest_job() {
        node.answer(
                "GET " + JOBS,
                200,
                list(ended(3, "scrub", "DONE", 0), running(4, "scrub"), ended(5, "rebalance", "DONE", 0)));
        assertDone(run("volume scrub bt-vol status"), "bt-vol/4 (scrub)", "running");
        node.answer("POST " + JOBS + "/4", 200, ended(4, "scrub", "PAUSED", 0));
        assertDone(run("volume scrub bt-vol pause"), "Job bt-vol/4 (scrub) is paused.");
        assertDone(run("scrub volume bt-vol resume"));
        Invocation asked = run("volume scrub bt-vol stop");
        assertThat(asked.exit()).isEqualTo(1);
        assertThat(asked.err()).contains("Stop the scrub of the volume 'bt-vol'?", "--yes");
        assertDone(run("volume scrub bt-vol stop --yes"));
        assertThat(node.requests()).contains("POST " + JOBS + "/4");
    }

    @Test
    void a_rebalance_is_planned() {
        node.answer(
                "POST " + JOBS + "?plan=true",
                200,
                "{\"feasible\":true,\"files\":12,\"filesToMove\":3,\"bytesToMove\":4096,\"bricks\":[],\"machines\":[]}");
        assertDone(run("volume rebalance bt-vol start --plan"), "Nothing was changed", "3 of 12 file(s), 4.0K");
        assertThat(run("volume rebalance bt-vol stop --plan").exit()).isEqualTo(2);
        assertThat(node.requests()).hasSize(1);
    }

    @Test
    void healing_is_paused_and_resumed() {
        node.answer("GET " + JOBS, 200, list(running(1, "heal"), running(2, "purge")));
        node.answer("POST " + JOBS + "/1", 200, ended(1, "heal", "PAUSED", 0));
        assertDone(run("volume heal bt-vol pause"), "Job bt-vol/1 (heal) is paused.");
        assertDone(run("heal volume bt-vol resume"), "bt-vol/1");
        assertThat(node.bodies()).contains("{\"action\":\"pause\"}", "{\"action\":\"resume\"}");
        node.answer(
                "GET /api/v1/volumes/bt-vol/heal",
                200,
                "{\"volume\":\"bt-vol\",\"paused\":true,\"filesLeft\":4,\"bricks\":[]}");
        assertThat(run("volume heal bt-vol").out()).contains("4 file(s) left, paused");
    }

    @Test
    void a_kind_without_a_job_says_how_to_begin_one() {
        node.answer("GET " + JOBS, 200, list(running(1, "heal")));
        Invocation none = run("volume rebalance bt-vol status");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.err()).contains("mortar volume rebalance bt-vol start");
    }
}
