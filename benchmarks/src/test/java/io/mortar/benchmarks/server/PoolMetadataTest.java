package io.mortar.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PoolMetadataTest {
    private static final String HEAD = """
            {"journal":"mortar.journal.quorum","node":"bt1","leader":"bt1","term":7,"log":{"first":1,"last":812,"committed":812,\
            "applied":812,"snapshot":null},"members":[""";

    @Test
    void the_answer_of_the_leader_is_read() {
        PoolMetadata metadata = pool(member("bt1", "voter", "0", "null"), member("bt2", "learner", "12", "140"));

        assertThat(metadata.leader()).isEqualTo("bt1");
        assertThat(metadata.term()).hasValue(7);
        assertThat(metadata.memberOn("bt2"))
                .isEqualTo(new PoolMetadata.Member("bt2", false, OptionalLong.of(12), OptionalLong.of(140), false));
        assertThat(metadata.memberOn("bt3")).isNull();
    }

    @Test
    void three_voters_that_answer_and_lack_nothing_are_settled() {
        String first = member("bt1", "voter", "0", "null");
        String second = member("bt2", "voter", "0", "12");

        assertThat(pool(first, second, member("bt3", "voter", "0", "3")).isSettled(3))
                .isTrue();
        assertThat(pool(first, second).isSettled(3)).isFalse();
        assertThat(pool(first, second, member("bt3", "learner", "0", "3")).isSettled(3))
                .isFalse();
        assertThat(pool(first, second, member("bt3", "voter", "1", "3")).isSettled(3))
                .isFalse();
        assertThat(pool(first, second, member("bt3", "voter", "null", "3")).isSettled(3))
                .isFalse();
        assertThat(pool(first, second, member("bt3", "voter", "0", "60000")).isSettled(3))
                .isFalse();
    }

    @Test
    void nothing_is_settled_without_a_leader() {
        PoolMetadata metadata = PoolMetadata.parse("""
                { "node": null, "leader": null, "term": null, "log": null, "members": [
                  { "node": "bt1", "role": "voter", "leader": false, "lag": 0, "silentMillis": 0, "receivesSnapshot": true } ] }""");

        assertThat(metadata.leader()).isNull();
        assertThat(metadata.term()).isEmpty();
        assertThat(metadata.members()).singleElement().matches(PoolMetadata.Member::copying);
        assertThat(metadata.isSettled(1)).isFalse();
    }

    @Test
    void another_answer_is_refused() {
        assertThatThrownBy(() -> PoolMetadata.parse("{}")).isInstanceOf(IllegalArgumentException.class);
    }

    private static PoolMetadata pool(String... members) {
        return PoolMetadata.parse(HEAD + String.join(",", members) + "]}");
    }

    private static String member(String node, String role, String lag, String silentMillis) {
        return "{\"id\":\"a2d1\",\"node\":\"%s\",\"address\":\"127.0.0.1:2551\",\"role\":\"%s\",\"leader\":false,\"match\":812,\"lag\":%s,\"silentMillis\":%s,\"receivesSnapshot\":false}"
                .formatted(node, role, lag, silentMillis);
    }
}
