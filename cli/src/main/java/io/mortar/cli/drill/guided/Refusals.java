package io.mortar.cli.drill.guided;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.terminal.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Why a drill should not begin on a volume: one fault would cost data, stop the pool, or come on top of another. Each is a sentence that says what
 * to do.
 */
final class Refusals {
    static final int VOTERS_MIN = 3;
    /** Room for the files of the load, and for contents that are deleted late because a node is away. */
    static final long ROOM_BYTES = 1L << 30;

    private static final Set<String> REDUCED =
            Set.of("NODE_DOWN", "BRICK_DOWN", "BRICK_QUARANTINED", "REDUNDANCY_REDUCED", "SCRUB_ERRORS");

    private Refusals() {}

    /**
     * @param pool answer to {@code GET /api/v1/pool}
     * @param meta answer to {@code GET /api/v1/meta}
     * @param volume answer to {@code GET /api/v1/volumes/V}
     */
    static List<String> of(JsonNode pool, JsonNode meta, JsonNode volume) {
        String name = volume.path("name").asText();
        List<String> refusals = new ArrayList<>();
        if (volume.path("replica").asInt() < 2) {
            refusals.add("The volume '" + name
                    + "' keeps one copy of each chunk: while a machine is away its files cannot be read, and what a fault"
                    + " destroys is lost. Drill on a volume with copies, or give it some with 'mortar volume set "
                    + name
                    + " replica 2'.");
        }
        condition(pool, volume, name, refusals);
        int voters = 0;
        for (JsonNode member : meta.path("members")) {
            voters += member.path("role").asText().equals("voter") ? 1 : 0;
        }
        if (voters < VOTERS_MIN) {
            refusals.add("The metadata has " + voters + " of the " + VOTERS_MIN
                    + " voters that it takes to survive one machine: without it no file can be found. A pool of three nodes has them a while after its"
                    + " third one joined: see 'mortar meta status'.");
        }
        long freeBytes = volume.path("usable").path("freeBytes").asLong();
        if (freeBytes < ROOM_BYTES) {
            refusals.add("The volume '" + name + "' has room for " + ByteSize.human(freeBytes)
                    + " of files, and the drill may need " + ByteSize.human(ROOM_BYTES)
                    + ". Delete files or add bricks.");
        }
        return refusals;
    }

    private static void condition(JsonNode pool, JsonNode volume, String name, List<String> refusals) {
        if (pool.path("partial").asBoolean() || volume.path("partial").asBoolean()) {
            refusals.add("Nobody leads the metadata, so it is not known how the pool is. See 'mortar meta status'.");
        }
        List<String> reasons = new ArrayList<>();
        for (JsonNode report : List.of(pool, volume)) {
            for (JsonNode reason : report.path("reasons")) {
                String code = reason.path("code").asText();
                if (REDUCED.contains(code) || reason.path("verdict").asText().equals("ERROR")) {
                    reasons.add(code + ": " + reason.path("text").asText());
                }
            }
        }
        if (!reasons.isEmpty()) {
            refusals.add("The pool is not whole, and a fault comes on top of what is wrong already: "
                    + String.join("; ", reasons) + ". Have it healed first: see 'mortar volume status " + name + "'.");
        }
    }
}
