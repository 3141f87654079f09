package io.mortar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.stub.Invocation;
import io.mortar.cli.stub.StubNode;
import io.mortar.cli.terminal.Terminal;
import java.io.IOException;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final String CAPACITY =
            "{\"totalBytes\": 3221225472, \"usedBytes\": 1073741824, \"freeBytes\": 2147483648,"
                    + " \"reservedBytes\": 536870912}";
    private static final String NODES = "[{\"name\": \"bt1\", \"address\": \"a:2551\", \"url\": \"http://a:8080\","
            + " \"reachable\": true, \"metadata\": true, \"bricks\": 1}, {\"name\": \"bt2\", \"address\": \"b:2551\","
            + " \"url\": \"http://b:8080\", \"reachable\": %s, \"metadata\": false, \"bricks\": 1}]";

    private StubNode node;

    @BeforeEach
    void start() throws IOException {
        node = StubNode.start();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void a_volume_is_created_in_both_word_orders_with_a_warning() {
        node.answer("POST /api/v1/volumes", 201, volume("CREATED", "ONLINE"));

        for (String order : new String[] {"volume create", "create volume"}) {
            Invocation created = run(order + " bt-vol stripe 2 bt1:/bt1 bt2:/bt2");

            assertThat(created.exit()).as(created.err()).isZero();
            assertThat(created.out())
                    .contains("'bt-vol' is created", "3.0G", "2.0G free", "mortar volume start bt-vol");
            assertThat(created.err())
                    .contains("no redundancy", "Losing one brick loses practically every large file", "replica 2");
        }
        assertThat(node.bodies())
                .hasSize(2)
                .allSatisfy(body -> assertThat(body)
                        .isEqualTo("{\"name\":\"bt-vol\",\"stripe\":2,\"replica\":1,\"stripeUnitBytes\":1048576,"
                                + "\"bricks\":[\"bt1:/bt1\",\"bt2:/bt2\"]}"));
    }

    @Test
    void a_volume_with_copies_has_no_warning_and_shows_what_can_be_used() {
        String json = volume("STARTED", "ONLINE")
                .replace(
                        "\"stripe\": 2, \"replica\": 1,",
                        "\"stripe\": 1, \"replica\": 2,"
                                + " \"usable\": {\"totalBytes\": 1610612736, \"usedBytes\": 0, \"freeBytes\": 1073741824},"
                                + " \"reasons\": [{\"code\": \"REDUNDANCY_REDUCED\", \"verdict\": \"WARN\", \"text\": \"2 files\"}],")
                .replace("\"verdict\": \"OK\"", "\"verdict\": \"WARN\"");
        node.answer("POST /api/v1/volumes", 201, json);
        node.answer("GET /api/v1/volumes/bt-vol", 200, json);

        Invocation created = run("volume create bt-vol replica 2 bt1:/bt1 bt2:/bt2");
        assertThat(created.err()).isEmpty();
        assertThat(created.out()).contains("stripe 1 replica 2", "1.5G usable", "1.0G free");
        assertThat(node.bodies().get(0)).contains("\"stripe\":1,\"replica\":2");
        assertThat(run("volume info bt-vol").out()).contains("Type: stripe 1 replica 2", "Replicas: 2", "1.5G");
        Invocation status = run("volume status bt-vol");
        assertThat(status.out()).contains("Verdict:  WARN", "WARN REDUNDANCY_REDUCED: 2 files", "usable: 1.5G");
        assertThat(status.exit()).isEqualTo(3);
        assertThat(run("df bt-vol:").out()).contains("usable", "1.5G", "replica 2");
    }

    @Test
    void healing_is_shown_in_both_word_orders() {
        node.answer(
                "GET /api/v1/volumes/bt-vol/heal",
                200,
                "{\"volume\":\"bt-vol\",\"filesLeft\":4,\"bricks\":[{\"brick\":\"bt1:/bt1\",\"filesLeft\":4,"
                        + "\"healedFiles\":3,\"copiedBytes\":2048,\"lastError\":\"is down\"}]}");
        for (String words :
                new String[] {"volume heal bt-vol status", "heal volume bt-vol status", "volume heal bt-vol"}) {
            Invocation shown = run(words);
            assertThat(shown.exit()).as(shown.err()).isEqualTo(3);
            assertThat(shown.out()).contains("4 file(s) left", "bt1:/bt1", "2.0K", "is down");
        }
        assertThat(run("volume heal bt-vol stop").exit()).isEqualTo(2);
        node.answer("GET /api/v1/volumes/bt-vol/heal", 200, "{\"volume\":\"bt-vol\",\"filesLeft\":0,\"bricks\":[]}");
        Invocation done = run("volume heal bt-vol status");
        assertThat(done.exit()).isZero();
        assertThat(done.out()).contains("nothing left to heal");
    }

    @Test
    void a_refusal_says_what_was_tried_and_found() {
        node.refuse(
                "POST /api/v1/volumes/x/start",
                404,
                "VOLUME_NOT_FOUND",
                "there is no volume 'x': see 'mortar volume list'");

        Invocation refused = run("start volume x");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains("mortar: cannot start the volume 'x': there is no volume 'x': see 'mortar volume list'");
        assertThat(refused.out()).isEmpty();
    }

    @Test
    void a_passing_refusal_says_when_to_try_again() {
        node.refuse("GET /api/v1/volumes", 503, "METADATA_UNAVAILABLE", "the metadata node bt1 cannot be reached");

        assertThat(run("volume list").err()).contains("bt1 cannot be reached", "try again in 7 s");
    }

    @Test
    void an_unknown_outcome_has_its_own_exit_code() {
        node.refuse("POST /api/v1/volumes/x/start", 504, "TIMED_OUT", "no answer from bt1");

        assertThat(run("volume start x").exit()).isEqualTo(4);
    }

    @Test
    void errors_are_json_where_results_are() {
        node.refuse("GET /api/v1/volumes/x", 404, "VOLUME_NOT_FOUND", "there is none");

        Invocation refused = run("volume info x --json");

        assertThat(refused.out()).isEmpty();
        assertThat(refused.err().trim())
                .isEqualTo(
                        "{\"code\":\"VOLUME_NOT_FOUND\",\"detail\":\"cannot look at the volume 'x': there is none\",\"exit\":1}");
    }

    @Test
    void an_unreachable_node_is_named_with_the_way_out() {
        Invocation unreachable = Invocation.of("--node", "http://127.0.0.1:1", "pool", "list");

        assertThat(unreachable.exit()).isEqualTo(1);
        assertThat(unreachable.err()).contains("nothing answers at http://127.0.0.1:1", "--node", "mortar node start");
    }

    @Test
    void a_server_that_is_no_node_is_told_apart() {
        node.answer("GET /api/v1/nodes", 200, "<html>welcome</html>");

        assertThat(run("pool list").err()).contains("does not speak Mortar's JSON");
    }

    @Test
    void wrong_usage_has_exit_code_2() {
        for (String wrong : new String[] {
            "",
            "volume",
            "volume creat x",
            "volume create",
            "volume create v strip 3",
            "pool forget",
            "ls",
            "ls local",
            "put x",
            "mv v:/a w:/b",
            "volume list --timeout x",
            "volume list --node ftp://x",
            "rm v:/",
            "frobnicate"
        }) {
            assertThat(run(wrong).exit()).as(wrong).isEqualTo(2);
        }
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void global_options_stand_before_or_after_the_command() {
        node.answer("GET /api/v1/nodes", 200, "{\"nodes\": []}");
        String url = node.uri().toString();

        assertThat(Invocation.of("--json", "--node", url, "pool", "list").out()).isEqualTo("{\"nodes\":[]}\n");
        assertThat(Invocation.of("pool", "list", "--node", url, "--json").out()).isEqualTo("{\"nodes\":[]}\n");
        assertThat(Invocation.of("pool", "--node", url, "list").out()).startsWith("NODE");
    }

    @Test
    void a_pool_with_an_unreachable_node_is_degraded() {
        node.answer("GET /api/v1/pool", 200, pool("true"));
        assertThat(run("pool status").exit()).isZero();

        node.answer("GET /api/v1/pool", 200, pool("false"));
        Invocation degraded = run("pool status");
        assertThat(degraded.exit()).isEqualTo(3);
        assertThat(degraded.out())
                .startsWith("Verdict:  WARN\n  WARN NODE_DOWN: node bt2 is away\n")
                .contains(
                        "Pool:     p1",
                        "on bt1",
                        "unreachable",
                        "bt-vol  started  ERROR",
                        "bt-vol: ERROR BRICK_DOWN: b");
        assertThat(run("pool status --json").exit()).isEqualTo(3);
    }

    @Test
    void a_volume_with_a_brick_that_is_not_online_is_degraded() {
        node.answer("GET /api/v1/volumes/bt-vol", 200, volume("STARTED", "ONLINE"));
        assertThat(run("volume status bt-vol").exit()).isZero();

        node.answer("GET /api/v1/volumes/bt-vol", 200, volume("STARTED", "UNREACHABLE"));
        Invocation degraded = run("status volume bt-vol");
        assertThat(degraded.exit()).isEqualTo(3);
        assertThat(degraded.out()).contains("bt-vol (started)", "Verdict:  ERROR", "unreachable");
        assertThat(run("volume info bt-vol").exit()).isZero();
        assertThat(run("volume status bt-vol --json").exit()).isEqualTo(3);
    }

    @Test
    void what_only_the_asked_node_sees_is_said_to_be_partial() {
        String partial = volume("STARTED", "ONLINE")
                .replace("\"partial\": false", "\"partial\": true, \"asOf\": \"2026-11-22T12:00:00.000Z\"");
        node.answer("GET /api/v1/volumes/bt-vol", 200, partial);
        node.answer("GET /api/v1/volumes", 200, "{\"verdict\": \"ERROR\", \"partial\": true, \"volumes\": []}");
        node.answer("GET /api/v1/pool", 200, pool("true").replace("\"partial\": false", "\"partial\": true"));

        assertThat(run("volume status bt-vol").out()).contains("Verdict:  OK (partial");
        assertThat(run("pool status").out()).startsWith("Verdict:  OK (partial");
        for (String command :
                new String[] {"volume status", "volume list", "df", "volume info bt-vol", "pool status"}) {
            assertThat(run(command).exit()).as(command).isEqualTo(4);
            assertThat(run(command + " --json").exit()).as(command).isEqualTo(4);
        }
        assertThat(run("df bt-vol:").err()).contains("did not answer", "2026-11-22T12:00:00.000Z");
    }

    @Test
    void a_node_that_is_not_ready_is_degraded() {
        node.answer("GET /api/v1/pool", 200, pool("true"));
        node.answer("GET /health/ready", 200, "{\"status\": \"ready\"}");
        assertThat(run("node status").exit()).isZero();

        node.refuse("GET /health/ready", 503, "NOT_READY", "it is in no pool yet");
        assertThat(run("node status").out()).contains("not ready", "it is in no pool yet");
        assertThat(run("status node").exit()).isEqualTo(3);
    }

    @Test
    void room_is_shown_as_df_does() {
        node.answer("GET /api/v1/volumes", 200, "{\"volumes\": [" + volume("STARTED", "ONLINE") + "]}");
        node.answer("GET /api/v1/volumes/bt-vol", 200, volume("STARTED", "ONLINE"));

        assertThat(run("df").out().lines())
                .containsExactly(
                        "Volume   Size  Used  Avail  Reserved  Use%  On",
                        "bt-vol:  3.0G  1.0G   2.0G      512M   34%  2 bricks");
        assertThat(run("df -h").out()).isEqualTo(run("df").out());
        assertThat(run("df --bytes").out()).contains("3221225472  1073741824  2147483648  536870912");
        assertThat(run("df bt-vol:").out()).contains("bt1:/bt1", "bt2:/bt2", "total");
        assertThat(run("df bt-vol").out()).isEqualTo(run("df bt-vol:/").out());
    }

    @Test
    void what_cannot_be_undone_is_asked_for() {
        node.answer("DELETE /api/v1/volumes/bt-vol", 204, "");
        node.answer("DELETE /api/v1/nodes/bt3", 204, "");

        assertThat(run("volume delete bt-vol").exit()).isEqualTo(1);
        assertThat(run("volume stop bt-vol").exit()).isEqualTo(1);
        assertThat(run("pool forget bt3").exit()).isEqualTo(1);
        assertThat(run("rm bt-vol:/a").exit()).isEqualTo(1);
        assertThat(typing("n\n", "volume delete bt-vol").exit()).isEqualTo(1);
        assertThat(node.requests()).isEmpty();

        assertThat(typing("y\n", "volume delete bt-vol").exit()).isZero();
        assertThat(run("delete volume bt-vol --yes").exit()).isZero();
        assertThat(run("pool forget bt3 -y").exit()).isZero();
        assertThat(node.requests())
                .containsExactly(
                        "DELETE /api/v1/volumes/bt-vol", "DELETE /api/v1/volumes/bt-vol", "DELETE /api/v1/nodes/bt3");
    }

    @Test
    void every_command_explains_itself_with_examples() {
        for (String command : new String[] {
            "",
            "demo",
            "node",
            "node start",
            "node status",
            "pool",
            "pool status",
            "pool list",
            "pool forget",
            "volume",
            "volume create",
            "volume start",
            "volume stop",
            "volume delete",
            "volume info",
            "volume status",
            "volume list",
            "ls",
            "stat",
            "put",
            "get",
            "cat",
            "cp",
            "mv",
            "rm",
            "mkdir",
            "df",
            "completion"
        }) {
            Invocation help = Invocation.of((command + " --help").trim().split(" "));
            assertThat(help.exit()).as(command).isZero();
            assertThat(help.out()).as(command).contains("Usage: mortar", "Examples:", "--json", "--timeout");
        }
    }

    @Test
    void the_completion_script_knows_the_commands() {
        assertThat(Invocation.of("completion").out()).startsWith("#!").contains("volume", "complete -F");
    }

    private Invocation run(String line) {
        return typed("", EnumSet.noneOf(Terminal.Stream.class), line);
    }

    private Invocation typing(String input, String line) {
        return typed(input, EnumSet.allOf(Terminal.Stream.class), line);
    }

    private Invocation typed(String input, EnumSet<Terminal.Stream> interactive, String line) {
        String whole = ("--node " + node.uri() + " " + line).trim();
        return Invocation.with(input, interactive, whole.split(" "));
    }

    private static String pool(String reachable) {
        boolean up = reachable.equals("true");
        String reasons = "[{\"code\": \"NODE_DOWN\", \"verdict\": \"WARN\", \"text\": \"node bt2 is away\"}]";
        String volumes = "[{\"name\": \"bt-vol\", \"state\": \"STARTED\", \"verdict\": \"ERROR\", \"reasons\":"
                + " [{\"code\": \"BRICK_DOWN\", \"verdict\": \"ERROR\", \"text\": \"b\"}]}]";
        return "{\"verdict\": \"" + (up ? "OK" : "WARN") + "\", \"partial\": false, \"reasons\": "
                + (up ? "[]" : reasons) + ", \"volumes\": " + (up ? "[]" : volumes)
                + ", \"pool\": \"p1\", \"node\": \"bt1\", \"version\": \"0.1.0\", \"metadata\": {\"node\": \"bt1\","
                + " \"reachable\": true}, \"nodes\": " + NODES.replace("%s", reachable) + "}";
    }

    private static String volume(String state, String health) {
        return "{\"id\": 1, \"name\": \"bt-vol\", \"verdict\": \"" + (health.equals("ONLINE") ? "OK" : "ERROR")
                + "\", \"partial\": false, \"state\": \"" + state + "\", \"stripe\": 2, \"replica\": 1,"
                + " \"stripeUnitBytes\": 1048576, \"capacity\": " + CAPACITY
                + ", \"usage\": {\"files\": 1}, \"bricks\": ["
                + "{\"brick\": \"bt1:/bt1\", \"health\": \"ONLINE\", \"reason\": \"\", \"capacity\": " + CAPACITY + "},"
                + "{\"brick\": \"bt2:/bt2\", \"health\": \"" + health + "\", \"reason\": \"\", \"capacity\": "
                + CAPACITY + "}]}";
    }
}
