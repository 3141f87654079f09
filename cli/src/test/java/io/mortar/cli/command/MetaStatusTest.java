package io.mortar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.stub.Invocation;
import io.mortar.cli.stub.StubNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetaStatusTest {
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
    void with_one_voter_and_one_learner_it_says_what_the_loss_of_the_voter_means() {
        Invocation status = status(member("bt1", "voter", true), member("bt2", "learner", false));

        assertThat(status.exit()).as(status.err()).isZero();
        assertThat(status.out())
                .contains("bt2 has only a copy to recover from", "the pool stops when bt1 is lost", "A third node");
    }

    @Test
    void with_three_voters_it_says_nothing_of_the_kind() {
        Invocation status =
                status(member("bt1", "voter", true), member("bt2", "voter", false), member("bt3", "voter", false));

        assertThat(status.exit()).as(status.err()).isZero();
        assertThat(status.out()).contains("bt3").doesNotContain("only a copy", "the pool stops");
    }

    private Invocation status(String... members) {
        node.answer(
                "GET /api/v1/meta",
                200,
                "{\"journal\": \"mortar.journal.quorum\", \"node\": \"bt1\", \"leader\": \"bt1\", \"term\": 3, \"log\": {\"first\": 1,"
                        + " \"last\": 8, \"committed\": 8, \"applied\": 8, \"snapshot\": null}, \"members\": "
                        + List.of(members) + "}");
        return Invocation.of("--node", node.uri().toString(), "meta", "status");
    }

    private static String member(String name, String role, boolean leader) {
        return "{\"id\": \"id-" + name + "\", \"node\": \"" + name + "\", \"address\": \"" + name
                + ":2551\", \"role\": \"" + role + "\", \"leader\": " + leader
                + ", \"match\": 8, \"lag\": 0, \"silentMillis\": 40, \"receivesSnapshot\": false}";
    }
}
