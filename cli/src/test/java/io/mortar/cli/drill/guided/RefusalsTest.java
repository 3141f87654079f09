package io.mortar.cli.drill.guided;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_whole_volume_with_copies_and_voters_is_drilled() {
        assertThat(Refusals.of(report("OK"), meta(3), volume(2, 2L << 30))).isEmpty();
    }

    @Test
    void a_volume_that_only_stripes_is_not() {
        assertThat(Refusals.of(report("OK"), meta(3), volume(1, 2L << 30)))
                .singleElement()
                .asString()
                .contains("one copy", "mortar volume set safe replica 2");
    }

    @Test
    void a_pool_that_would_lose_its_metadata_is_not() {
        assertThat(Refusals.of(report("OK"), meta(1), volume(2, 2L << 30)))
                .singleElement()
                .asString()
                .contains("1 of the 3 voters", "mortar meta status");
    }

    @Test
    void what_has_lost_something_already_is_not_and_the_reason_is_named() {
        for (String code : List.of("REDUNDANCY_REDUCED", "BRICK_DOWN", "BRICK_QUARANTINED", "SCRUB_ERRORS")) {
            ObjectNode volume = volume(2, 2L << 30);
            reason(volume, code, "WARN");
            assertThat(Refusals.of(report("OK"), meta(3), volume))
                    .singleElement()
                    .asString()
                    .contains(code + ": because", "mortar volume status safe");
        }
        ObjectNode full = volume(2, 2L << 30);
        reason(full, "VOLUME_FULL", "ERROR");
        assertThat(Refusals.of(report("OK"), meta(3), full)).hasSize(1);
        ObjectNode pool = report("WARN");
        reason(pool, "NODE_DOWN", "WARN");
        assertThat(Refusals.of(pool, meta(3), volume(2, 2L << 30))).hasSize(1);
    }

    @Test
    void a_warning_that_takes_no_copy_away_does_not_matter() {
        ObjectNode volume = volume(2, 2L << 30);
        reason(volume, "NEAR_FULL", "WARN");
        reason(volume, "BRICK_FULL", "WARN");
        assertThat(Refusals.of(report("WARN"), meta(3), volume)).isEmpty();
    }

    @Test
    void a_pool_of_which_nothing_is_known_and_a_volume_without_room_are_not() {
        ObjectNode partial = report("OK").put("partial", true);
        assertThat(Refusals.of(partial, meta(3), volume(2, 2L << 30)))
                .singleElement()
                .asString()
                .contains("Nobody leads");
        assertThat(Refusals.of(report("OK"), meta(3), volume(2, 1000)))
                .singleElement()
                .asString()
                .contains("room");
    }

    private static ObjectNode report(String verdict) {
        ObjectNode report = JSON.createObjectNode().put("verdict", verdict).put("partial", false);
        report.putArray("reasons");
        return report;
    }

    private static ObjectNode volume(int replica, long freeBytes) {
        ObjectNode volume = report("OK").put("name", "safe").put("replica", replica);
        volume.putObject("usable").put("freeBytes", freeBytes);
        return volume;
    }

    private static void reason(ObjectNode report, String code, String verdict) {
        ((ArrayNode) report.required("reasons"))
                .addObject()
                .put("code", code)
                .put("verdict", verdict)
                .put("text", "because");
    }

    private static JsonNode meta(int voters) {
        ObjectNode meta = JSON.createObjectNode();
        ArrayNode members = meta.putArray("members");
        for (int i = 0; i < voters; i++) {
            members.addObject().put("role", "voter");
        }
        members.addObject().put("role", "learner");
        return meta;
    }
}
