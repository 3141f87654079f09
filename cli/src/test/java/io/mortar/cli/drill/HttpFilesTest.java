package io.mortar.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.drill.load.Operation;
import io.mortar.cli.drill.load.Operation.Delete;
import io.mortar.cli.drill.load.Operation.Move;
import io.mortar.cli.drill.load.Operation.Names;
import io.mortar.cli.drill.load.Operation.Put;
import io.mortar.cli.drill.load.Operation.Range;
import io.mortar.cli.drill.load.Operation.Read;
import io.mortar.cli.drill.load.Reply;
import io.mortar.cli.drill.load.SeededContent;
import io.mortar.cli.remote.RemotePath;
import io.mortar.cli.stub.StubNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpFilesTest {
    private static final SeededContent CONTENT = new SeededContent(5, 3000);
    private static final String FILE = "/files/bt-vol/load/c0/f1";

    private StubNode node;
    private HttpFiles files;

    @BeforeEach
    void start() throws IOException {
        node = StubNode.start();
        files = files(node.uri(), Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void files_are_written_read_moved_listed_and_deleted() throws Exception {
        node.volume().makeDirectory("/load/c0");

        assertThat(attempt(new Put("c0/f1", CONTENT))).isInstanceOf(Reply.Done.class);
        assertThat(node.volume().content("/load/c0/f1")).isEqualTo(CONTENT.bytes());
        assertThat(attempt(new Read("c0/f1")))
                .isInstanceOfSatisfying(
                        Reply.Found.class, found -> assertThat(found.bytes()).isEqualTo(CONTENT.bytes()));
        assertThat(attempt(new Move("c0/f1", "c0/f2"))).isInstanceOf(Reply.Done.class);
        assertThat(attempt(new Read("c0/f1"))).isInstanceOf(Reply.Missing.class);
        assertThat(attempt(new Delete("c0/f2"))).isInstanceOf(Reply.Done.class);
        assertThat(node.volume().isThere("/load/c0/f2")).isFalse();
    }

    @Test
    void a_list_has_names_and_sizes_and_must_be_whole() throws Exception {
        String request = "GET /files/bt-vol/load/c0/?limit=10000";
        node.answer(request, 200, "{\"entries\": [{\"name\": \"f1\", \"size\": 12}], \"next\": null}");
        assertThat(attempt(new Names("c0"))).isEqualTo(new Reply.Listed(Map.of("f1", 12L)));

        node.answer(request, 200, "{\"entries\": [], \"next\": \"f1\"}");
        assertThat(attempt(new Names("c0"))).isInstanceOf(Reply.Absurd.class);
    }

    @Test
    void a_range_must_be_answered_as_one() throws Exception {
        node.answer("GET " + FILE, 206, "abc");
        assertThat(attempt(new Range("c0/f1", 10, 3))).isInstanceOf(Reply.Found.class);

        node.answer("GET " + FILE, 200, "abc");
        assertThat(attempt(new Range("c0/f1", 10, 3))).isInstanceOf(Reply.Absurd.class);
    }

    @Test
    void what_the_status_says_about_the_outcome_is_kept() throws Exception {
        node.refuse("DELETE " + FILE, 503, "BRICK_DOWN", "no");
        assertThat(attempt(new Delete("c0/f1"))).isEqualTo(new Reply.Refused("BRICK_DOWN", 7000));
        node.refuse("DELETE " + FILE, 507, "NO_SPACE", "no");
        assertThat(attempt(new Delete("c0/f1"))).isEqualTo(new Reply.Refused("NO_SPACE", 0));
        node.refuse("DELETE " + FILE, 504, "TIMED_OUT", "no");
        assertThat(attempt(new Delete("c0/f1"))).isEqualTo(new Reply.Unknown("TIMED_OUT"));
        node.refuse("DELETE " + FILE, 500, "INTERNAL", "no");
        assertThat(attempt(new Delete("c0/f1"))).isEqualTo(new Reply.Unknown("INTERNAL"));
        node.refuse("DELETE " + FILE, 404, "NOT_FOUND", "no");
        assertThat(attempt(new Delete("c0/f1"))).isEqualTo(new Reply.Missing());
        node.refuse("DELETE " + FILE, 409, "IS_A_DIRECTORY", "no");
        assertThat(attempt(new Delete("c0/f1"))).isInstanceOf(Reply.Absurd.class);
    }

    @Test
    void without_a_connection_nothing_was_done_and_without_an_answer_nobody_knows() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("http://127.0.0.1:" + mute.getLocalPort());
            assertThat(files(uri, Duration.ofSeconds(1)).attempt(0, new Put("c0/f1", CONTENT)))
                    .isEqualTo(new Reply.Unknown("NO_ANSWER"));
        }
        node.close();
        assertThat(attempt(new Put("c0/f1", CONTENT))).isEqualTo(new Reply.Refused("NO_CONNECTION", 0));
    }

    private Reply attempt(Operation operation) throws InterruptedException {
        return files.attempt(0, operation);
    }

    private static HttpFiles files(URI uri, Duration attemptMax) {
        return new HttpFiles(List.of(uri), RemotePath.parse("bt-vol:/load"), attemptMax);
    }
}
