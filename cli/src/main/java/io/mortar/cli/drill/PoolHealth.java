package io.mortar.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.UrlPath;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Whether a pool and a volume are as they should be: what a drill waits for between two faults. */
public final class PoolHealth {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(6);

    private static final long LAG_MAX = 500;
    private static final long SILENT_MILLIS_MAX = 2000;

    private final List<NodeClient> nodes;
    private final String volume;

    public PoolHealth(List<URI> nodes, String volume) {
        this.nodes = nodes.stream().map(url -> new NodeClient(url, ANSWER_MAX)).toList();
        this.volume = volume;
    }

    /** What is not as it should be; empty if every node sees all others, every brick is online, and nothing is left to heal. */
    public String complaint() {
        try {
            for (NodeClient node : nodes) {
                String complaint = complaint(node);
                if (!complaint.isEmpty()) {
                    return complaint;
                }
            }
            String behind = metadataComplaint(nodes.get(0));
            return behind.isEmpty() ? volumeComplaint(nodes.get(0)) : behind;
        } catch (CommandFailedException e) {
            return e.text();
        }
    }

    /** Whether the report of the volume says {@code health} of the brick {@code bt3:/bt3}; false if it cannot be had. */
    public boolean brickIs(String health, String brick) {
        try {
            for (JsonNode each : volume(nodes.get(0)).path("bricks")) {
                if (each.path("brick").asText().equals(brick)) {
                    return each.path("health").asText().equals(health);
                }
            }
            return false;
        } catch (CommandFailedException e) {
            return false;
        }
    }

    private JsonNode volume(NodeClient node) {
        return node.get("look at the volume '" + volume + "'", UrlPath.ofApi("volumes", volume));
    }

    private String complaint(NodeClient node) {
        node.get("ask whether the node is ready", "/health/ready");
        for (JsonNode other :
                node.get("ask for the nodes", UrlPath.ofApi("nodes")).path("nodes")) {
            if (!other.path("reachable").asBoolean()) {
                return node.base() + " cannot reach " + other.path("name").asText();
            }
        }
        return "";
    }

    /** A voter that is far behind does not help when another one is lost. */
    private static String metadataComplaint(NodeClient node) {
        for (JsonNode member :
                node.get("ask for the metadata", UrlPath.ofApi("meta")).path("members")) {
            boolean behind = member.path("receivesSnapshot").asBoolean()
                    || member.path("lag").asLong() > LAG_MAX
                    || member.path("silentMillis").asLong() > SILENT_MILLIS_MAX;
            if (behind) {
                return member.path("node").asText() + " is behind with the metadata";
            }
        }
        return "";
    }

    private String volumeComplaint(NodeClient node) {
        JsonNode described = volume(node);
        if (described.path("partial").asBoolean()) {
            return "the volume cannot be seen as a whole";
        }
        for (JsonNode brick : described.path("bricks")) {
            if (!brick.path("health").asText().equals("ONLINE")) {
                return brick.path("brick").asText() + " is "
                        + brick.path("health").asText();
            }
        }
        if (described.path("replica").asInt() < 2) {
            return "";
        }
        long left = node.get("ask what is left to heal", UrlPath.ofApi("volumes", volume, "heal"))
                .path("filesLeft")
                .asLong();
        return left == 0 ? "" : left + " files have to be healed";
    }
}
