package io.mortar.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mortar.cli.terminal.ByteSize;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code volume create} asks for: {@code NAME [stripe N] [replica N] [stripe-unit SIZE] BRICK...}, keywords and bricks in any
 * order after the name, as GlusterFS reads it. Without {@code stripe}, files are striped over as many columns as the bricks make.
 */
record VolumeRequest(
        VolumeName name, int stripeCount, int replicaCount, long stripeUnitBytes, List<BrickLocation> bricks) {
    private static final int COUNT_MAX = 10_000;

    VolumeRequest {
        bricks = List.copyOf(bricks);
    }

    /** Parses the words after {@code volume create}; throws {@link IllegalArgumentException} with a text for the user. */
    static VolumeRequest parse(List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("the name of the volume is missing");
        }
        return new Parser(words).parse();
    }

    ObjectNode toJson() {
        ObjectNode json = Session.JSON.createObjectNode();
        json.put("name", name.value());
        json.put("stripe", stripeCount);
        json.put("replica", replicaCount);
        json.put("stripeUnitBytes", stripeUnitBytes);
        ArrayNode places = json.putArray("bricks");
        bricks.forEach(brick -> places.add(brick.toString()));
        return json;
    }

    private static final class Parser {
        private final List<String> words;
        private final Set<String> seen = new HashSet<>();
        private final List<BrickLocation> bricks = new ArrayList<>();
        private @Nullable Integer stripeCount;
        private int replicaCount = 1;
        private long stripeUnitBytes = VolumeSpec.STRIPE_UNIT_BYTES_MAX;

        Parser(List<String> words) {
            this.words = words;
        }

        VolumeRequest parse() {
            VolumeName name = new VolumeName(words.get(0));
            int at = 1;
            while (at < words.size()) {
                String word = words.get(at);
                if (word.contains(":")) {
                    addBrick(word);
                    at++;
                } else {
                    keyword(word, at + 1 < words.size() ? words.get(at + 1) : null);
                    at += 2;
                }
            }
            if (bricks.isEmpty()) {
                throw new IllegalArgumentException("the bricks are missing: name at least one as NODE:/absolute/path");
            }
            return new VolumeRequest(
                    name,
                    stripeCount == null ? Math.max(1, bricks.size() / replicaCount) : stripeCount,
                    replicaCount,
                    stripeUnitBytes,
                    bricks);
        }

        private void addBrick(String word) {
            BrickLocation brick = BrickLocation.parse(word);
            if (bricks.contains(brick)) {
                throw new IllegalArgumentException("brick " + brick + " is named twice");
            }
            bricks.add(brick);
        }

        private void keyword(String keyword, @Nullable String value) {
            if (!Set.of("stripe", "replica", "stripe-unit").contains(keyword)) {
                throw new IllegalArgumentException("'" + keyword
                        + "' is neither a keyword (stripe, replica, stripe-unit) nor a brick (NODE:/absolute/path)");
            }
            if (value == null) {
                throw new IllegalArgumentException("the value after '" + keyword + "' is missing");
            }
            if (!seen.add(keyword)) {
                throw new IllegalArgumentException("'" + keyword + "' is given twice");
            }
            switch (keyword) {
                case "stripe" -> stripeCount = count(keyword, value);
                case "replica" -> replicaCount = count(keyword, value);
                default -> stripeUnitBytes = ByteSize.parse(value);
            }
        }

        private static int count(String keyword, String value) {
            if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > COUNT_MAX) {
                throw new IllegalArgumentException("'" + keyword + " " + value + "': a count from 1 up was expected");
            }
            return Integer.parseInt(value);
        }
    }
}
