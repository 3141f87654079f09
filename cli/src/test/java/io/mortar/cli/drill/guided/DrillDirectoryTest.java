package io.mortar.cli.drill.guided;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.drill.load.ManualPace;
import io.mortar.cli.drill.load.Pace;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.stub.Invocation;
import io.mortar.cli.stub.StubNode;
import io.mortar.cli.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrillDirectoryTest {
    private static final String NAME = "/.mortar-drill-20261122T204155Z";
    private static final Instant NOW = Instant.parse("2026-11-22T20:41:55.123Z");
    private static final String OLD = "/.mortar-drill-20250101T000000Z";

    private StubNode node;
    private List<NodeClient> clients;

    @BeforeEach
    void start() throws IOException {
        node = StubNode.start();
        clients = List.of(new NodeClient(node.uri(), Duration.ofSeconds(30)));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void it_is_named_after_the_time_marked_and_removed_with_all_in_it() {
        DrillDirectory directory = DrillDirectory.make(clients, "bt-vol", NOW, new ManualPace());
        assertThat(node.volume().isThere(NAME + "/sign-of-life")).isTrue();
        node.volume().put(NAME + "/c0/a/f1", new byte[10]);

        assertThat(directory.remove()).isEmpty();

        assertThat(node.volume().isThere(NAME)).isFalse();
    }

    @Test
    void a_refused_removal_says_why() {
        ManualPace pace = new ManualPace();
        Pace quick = new Pace() {
            @Override
            public long nanos() {
                return pace.nanos();
            }

            @Override
            public void pause(long millis) {
                pace.pause(millis * 20);
            }
        };
        DrillDirectory directory = DrillDirectory.make(clients, "bt-vol", NOW, quick);
        node.refuse("DELETE /files/bt-vol" + NAME + "?recursive", 503, "METADATA_UNAVAILABLE", "nobody leads");

        assertThat(directory.remove()).contains("nobody leads");
    }

    @Test
    void what_other_drills_left_is_removed_and_nothing_else() {
        node.volume().put(OLD + "/sign-of-life", new byte[1]);
        node.volume().put(OLD + "/c0/a/f1", new byte[10]);
        node.volume().put("/.mortar-drill-mine/f", new byte[10]);
        node.volume().put("/.mortar-drill-20250101T000000Z.txt", new byte[10]);
        DrillDirectory own = DrillDirectory.make(clients, "bt-vol", NOW, new ManualPace());

        assertThat(own.removeOthers(Duration.ZERO)).singleElement().asString().contains(OLD, "removed");

        assertThat(node.volume().isThere(OLD)).isFalse();
        assertThat(node.volume().isThere(NAME)).isTrue();
        assertThat(node.volume().isThere("/.mortar-drill-mine/f")).isTrue();
        assertThat(node.volume().isThere("/.mortar-drill-20250101T000000Z.txt")).isTrue();
    }

    @Test
    void a_drill_that_gives_signs_of_life_is_left_alone() {
        node.volume().put(OLD + "/sign-of-life", new byte[1]);
        DrillDirectory own = DrillDirectory.make(clients, "bt-vol", NOW, new ManualPace());

        assertThat(own.removeOthers(Duration.ofMinutes(5)))
                .singleElement()
                .asString()
                .contains(OLD, "in use");

        assertThat(node.volume().isThere(OLD)).isTrue();
    }

    @Test
    void the_command_cleans_a_volume_up_and_leaves_nothing_of_its_own() {
        pool();
        node.volume().put(OLD + "/sign-of-life", new byte[1]);

        Invocation kept = mortar("drill", "bt-vol", "--clean");
        assertThat(kept.exit()).isEqualTo(3);
        Invocation cleaned = mortar("drill", "bt-vol", "--clean", "--force");
        assertThat(cleaned.exit()).as(cleaned.err()).isZero();
        assertThat(cleaned.out()).contains(OLD);
        assertThat(node.volume().isThere(OLD)).isFalse();
    }

    @Test
    void a_refused_drill_writes_nothing_and_says_what_to_do() {
        pool();
        node.answer("GET /api/v1/meta", 200, "{\"members\": [{\"role\": \"voter\"}]}");
        node.answer(
                "GET /api/v1/volumes/bt-vol",
                200,
                "{\"name\": \"bt-vol\", \"state\": \"STARTED\", \"replica\": 1, \"usable\": {\"freeBytes\": 9000000000}, \"bricks\": []}");

        Invocation refused = Invocation.with(
                "", EnumSet.of(Terminal.Stream.IN), "--node", node.uri().toString(), "drill", "bt-vol", "--guided");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("one copy", "voters", "--force");
        assertThat(node.requests()).allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void without_a_person_there_is_no_guided_drill() {
        Invocation refused = mortar("drill", "bt-vol", "--guided");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("not a terminal", "--local");
        assertThat(node.requests()).isEmpty();
    }

    private void pool() {
        node.answer(
                "GET /api/v1/pool", 200, "{\"pool\": \"p\", \"node\": \"bt1\", \"verdict\": \"OK\", \"nodes\": []}");
    }

    private Invocation mortar(String... words) {
        String[] arguments = new String[words.length + 2];
        System.arraycopy(words, 0, arguments, 2, words.length);
        arguments[0] = "--node";
        arguments[1] = node.uri().toString();
        return Invocation.of(arguments);
    }
}
