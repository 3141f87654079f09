package io.mortar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.stub.Invocation;
import io.mortar.cli.stub.StubNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MembershipCommandsTest {
    private static final String VOLUME = "/api/v1/volumes/bt-vol";

    private StubNode node;

    @BeforeEach
    void start() throws IOException {
        node = StubNode.start();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Invocation run(String words) {
        List<String> arguments = new ArrayList<>(List.of("--node", node.uri().toString()));
        arguments.addAll(Arrays.asList(words.split(" ")));
        return Invocation.of(arguments.toArray(String[]::new));
    }

    private List<String> sent() {
        return node.bodies().stream().filter(body -> !body.isEmpty()).toList();
    }

    private static String volume(String... bricks) {
        return "{\"name\":\"bt-vol\",\"bricks\":[" + String.join(",", bricks) + "]}";
    }

    private static String brick(String place, boolean leaving, String successor) {
        return "{\"brick\":\"" + place + "\",\"health\":\"ONLINE\",\"reason\":\"\",\"leaving\":" + leaving
                + ",\"successor\":" + successor
                + ",\"capacity\":{\"totalBytes\":4096,\"usedBytes\":2048,\"freeBytes\":2048}}";
    }

    @Test
    void bricks_are_added_in_both_word_orders() {
        node.answer("POST " + VOLUME + "/bricks", 200, volume());
        for (String order : List.of("volume add-brick", "add-brick volume")) {
            Invocation added = run(order + " bt-vol bt4:/b4 bt5:/b5/");
            assertThat(added.exit()).as(added.err()).isZero();
            assertThat(added.out()).contains("'bt-vol' has bt4:/b4, bt5:/b5 now");
        }
        assertThat(sent()).hasSize(2).containsOnly("{\"bricks\":[\"bt4:/b4\",\"bt5:/b5\"]}");
    }

    @Test
    void what_is_no_brick_is_wrong_usage_and_nothing_is_asked() {
        for (String words : List.of(
                "volume add-brick bt-vol",
                "volume add-brick bt-vol bt4",
                "volume add-brick bt-vol bt4:/b4 bt4:/b4/",
                "volume remove-brick bt-vol --yes",
                "volume remove-brick bt-vol stop",
                "volume remove-brick bt-vol bt4:/b4 begin --yes",
                "volume replace-brick bt-vol bt4:/b4 --yes",
                "volume set bt-vol stripe 2 --yes",
                "volume set bt-vol replica two --yes")) {
            assertThat(run(words).exit()).as(words).isEqualTo(2);
        }
        assertThat(sent()).isEmpty();
    }

    @Test
    void nothing_is_removed_replaced_or_changed_without_being_asked() {
        for (String words : List.of(
                "volume remove-brick bt-vol bt4:/b4",
                "volume replace-brick bt-vol bt4:/b4 bt5:/b5",
                "volume set bt-vol replica 2")) {
            Invocation refused = run(words);
            assertThat(refused.exit()).as(words).isEqualTo(1);
            assertThat(refused.err()).contains("--yes");
        }
        assertThat(sent()).isEmpty();
    }

    @Test
    void a_removal_is_begun_shown_and_stopped() {
        node.answer("POST " + VOLUME + "/bricks/remove", 202, volume());
        node.answer("POST " + VOLUME + "/bricks/remove/stop", 200, volume());
        node.answer(
                "GET " + VOLUME,
                200,
                volume(
                        brick("bt1:/b1", false, "null"),
                        brick("bt2:/b2", true, "null"),
                        brick("bt3:/b3", true, "\"bt4:/b4\"")));

        assertThat(run("volume remove-brick bt-vol bt2:/b2 --yes").out())
                .contains("bt2:/b2 is leaving", "mortar volume remove-brick bt-vol status");
        Invocation all = run("volume remove-brick bt-vol status");
        assertThat(all.exit()).isEqualTo(3);
        assertThat(all.out())
                .contains("bt2:/b2", "2.0K", "the others", "bt4:/b4")
                .doesNotContain("bt1:/b1");
        Invocation others = run("volume remove-brick bt-vol bt1:/b1 bt9:/gone status");
        assertThat(others.exit()).as(others.err()).isZero();
        assertThat(others.out()).contains("stays", "not in the volume").doesNotContain("bt2:/b2");
        assertThat(run("volume remove-brick bt-vol bt9:/gone status --json").out())
                .isEqualToIgnoringNewLines("{\"volume\":\"bt-vol\",\"bricks\":[],\"gone\":[\"bt9:/gone\"]}");
        assertThat(run("volume remove-brick bt-vol bt2:/b2 stop").out()).contains("bt2:/b2 stays");
        assertThat(run("volume status bt-vol").out()).contains("online, leaving");
        assertThat(sent()).hasSize(2).containsOnly("{\"bricks\":[\"bt2:/b2\"]}");
    }

    @Test
    void what_is_only_planned_is_not_asked_for_nor_done() {
        String plan = """
                {"feasible":true,"files":7,"filesToMove":0,"bytesToMove":0,"rebalanceFiles":3,"rebalanceBytes":4096,
                 "estimatedSeconds":0,"rebalanceSeconds":75,"limitBytesPerSecond":1024,"measuredBytesPerSecond":null,
                 "bricks":[{"brick":"bt4:/b4","usedBytesAfter":2048}],"machines":[]}""";
        node.answer("POST " + VOLUME + "/bricks?plan=true", 200, plan);
        node.answer("POST " + VOLUME + "/bricks/replace?plan=true", 200, plan);

        Invocation added = run("volume add-brick bt-vol bt4:/b4 --plan");

        assertThat(added.exit()).as(added.err()).isZero();
        assertThat(added.out())
                .contains(
                        "Nothing was changed",
                        "A rebalance would then move 3 file(s), 4.0K, at least 1m15s (at most 1.0K/s)",
                        "bt4:/b4");
        Invocation replaced = run("volume replace-brick bt-vol bt2:/b2 bt4:/b4 --plan --json");
        assertThat(replaced.exit()).as(replaced.err()).isZero();
        assertThat(replaced.out()).contains("\"rebalanceBytes\":4096");
        assertThat(sent())
                .containsExactly("{\"bricks\":[\"bt4:/b4\"]}", "{\"brick\":\"bt2:/b2\",\"with\":\"bt4:/b4\"}");
    }

    @Test
    void who_waits_returns_when_the_brick_is_out() {
        node.answer("POST " + VOLUME + "/bricks/replace", 202, volume());
        node.answer("GET " + VOLUME, 200, volume(brick("bt1:/b1", false, "null")));

        Invocation replaced = run("volume replace-brick bt-vol bt2:/b2 bt3:/b3 --yes --wait");

        assertThat(replaced.exit()).as(replaced.err()).isZero();
        assertThat(replaced.out()).contains("bt2:/b2 is out of the volume");
        assertThat(sent()).containsExactly("{\"brick\":\"bt2:/b2\",\"with\":\"bt3:/b3\"}");
    }

    @Test
    void what_one_node_sees_alone_or_nobody_knows_now_is_no_end_of_waiting() {
        node.answer("POST " + VOLUME + "/bricks/remove", 202, volume());
        node.answer("GET " + VOLUME, 200, "{\"partial\":true,\"bricks\":[]}");
        node.thenAnswer("GET " + VOLUME, 503, "{\"code\":\"METADATA_UNAVAILABLE\",\"detail\":\"nobody leads\"}");
        node.thenAnswer("GET " + VOLUME, 200, volume(brick("bt2:/b2", true, "null")));
        node.thenAnswer("GET " + VOLUME, 200, volume());

        Invocation waited = run("volume remove-brick bt-vol bt2:/b2 start --yes --wait");

        assertThat(waited.exit()).as(waited.err()).isZero();
        assertThat(node.requests().stream().filter(("GET " + VOLUME)::equals)).hasSize(4);
    }

    private static String reshape(int id, String state) {
        return "{\"volume\":\"bt-vol\",\"id\":" + id + ",\"kind\":\"reshape\",\"state\":\"" + state
                + "\",\"filesDone\":3,\"bytesDone\":4096,\"failedItems\":0}";
    }

    private static String jobs(String... jobs) {
        return "{\"jobs\":[" + String.join(",", jobs) + "]}";
    }

    @Test
    void who_waits_for_copies_waits_for_the_job_that_the_change_began() {
        node.answer("PATCH " + VOLUME, 202, volume());
        node.answer("GET " + VOLUME, 200, "{\"name\":\"bt-vol\",\"replica\":1}");
        node.answer("GET " + VOLUME + "/jobs", 200, jobs(reshape(3, "DONE")));
        node.thenAnswer("GET " + VOLUME + "/jobs", 200, jobs(reshape(3, "DONE")));
        node.thenAnswer("GET " + VOLUME + "/jobs", 200, jobs(reshape(3, "DONE"), reshape(5, "RUNNING")));
        node.answer("GET " + VOLUME + "/jobs/5", 200, reshape(5, "RUNNING"));
        node.thenAnswer("GET " + VOLUME + "/jobs/5", 200, reshape(5, "DONE"));

        Invocation set = run("volume set bt-vol replica 2 --yes --wait");

        assertThat(set.exit()).as(set.err()).isZero();
        assertThat(set.out()).contains("Job bt-vol/5 (reshape) is done: 3 files, 4.0K");
        assertThat(sent()).containsExactly("{\"replica\":2}");
    }

    @Test
    void who_waits_for_copies_that_were_asked_for_before_waits_for_that_job() {
        node.answer("PATCH " + VOLUME, 202, volume());
        node.answer("GET " + VOLUME, 200, "{\"name\":\"bt-vol\",\"replica\":2}");
        node.answer("GET " + VOLUME + "/jobs", 200, jobs());
        assertThat(run("volume set bt-vol replica 2 --yes --wait").out()).contains("2 copies from the beginning");
        node.answer("GET " + VOLUME + "/jobs", 200, jobs(reshape(5, "RUNNING")));
        node.answer("GET " + VOLUME + "/jobs/5", 200, reshape(5, "CANCELLED"));
        Invocation cancelled = run("volume set bt-vol replica 2 --yes --wait");
        assertThat(cancelled.exit()).isEqualTo(1);
        assertThat(cancelled.out()).contains("Job bt-vol/5 (reshape) is cancelled");
    }

    @Test
    void who_waits_is_told_when_the_removal_is_stopped() {
        node.answer("POST " + VOLUME + "/bricks/remove", 202, volume());
        node.answer("GET " + VOLUME, 200, volume(brick("bt2:/b2", false, "null")));

        Invocation waited = run("volume remove-brick bt-vol bt2:/b2 start --yes --wait");

        assertThat(waited.exit()).isEqualTo(1);
        assertThat(waited.err()).contains("bt2:/b2 is kept");
    }

    @Test
    void the_number_of_copies_is_changed() {
        node.answer("PATCH " + VOLUME, 202, volume());

        assertThat(run("volume set bt-vol replica 2 --yes").out()).contains("keeps 2 copies");
        assertThat(sent()).containsExactly("{\"replica\":2}");
    }

    @Test
    void a_plan_is_shown_and_nothing_is_asked_for() {
        String plan = "{\"feasible\":%s,\"files\":7,\"filesToMove\":3,\"bytesToMove\":4096,\"stuckFiles\":2,"
                + "\"stuckBytes\":1024,\"stuckReason\":\"no room\",\"bricks\":[{\"brick\":\"bt1:/b1\","
                + "\"usedBytesBefore\":2048}],\"machines\":[{\"node\":\"bt1\",\"lostFilesBefore\":5}]}";
        node.answer("POST " + VOLUME + "/bricks/remove?plan=true", 200, plan.formatted("false"));
        node.answer("PATCH " + VOLUME + "?plan=true", 200, plan.formatted("true"));

        Invocation removal = run("volume remove-brick bt-vol bt1:/b1 --plan");
        assertThat(removal.exit()).as(removal.err()).isEqualTo(1);
        assertThat(removal.out()).contains("3 of 7 file(s), 4.0K", "NOT POSSIBLE", "no room", "bt1:/b1", "FILES LOST");
        Invocation replica = run("volume set bt-vol replica 2 --plan");
        assertThat(replica.exit()).as(replica.err()).isZero();
        assertThat(replica.out()).contains("Nothing was changed").doesNotContain("NOT POSSIBLE");
    }
}
