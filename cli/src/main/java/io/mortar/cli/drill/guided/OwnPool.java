package io.mortar.cli.drill.guided;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.cli.failure.CommandFailedException;
import io.mortar.cli.remote.NodeClient;
import io.mortar.cli.remote.UrlPath;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The user's pool, as seen through the node that was named and those nodes that are reached at the HTTP address that they announce. An address
 * such as 127.0.0.1:8080 is announced by many a node: only a node that answers there with its own name and pool is reached.
 */
final class OwnPool implements PoolSight {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(6);
    private static final Duration LIVE_MAX = Duration.ofSeconds(2);

    private final String volume;
    private final List<PoolNode> nodes;
    private final List<NodeClient> clients;
    private final Map<String, NodeClient> probes = new HashMap<>();

    private OwnPool(String volume, List<PoolNode> nodes, List<NodeClient> clients) {
        this.volume = volume;
        this.nodes = List.copyOf(nodes);
        this.clients = List.copyOf(clients);
        for (PoolNode node : nodes) {
            if (node.url() != null) {
                probes.put(node.name(), new NodeClient(node.url(), LIVE_MAX));
            }
        }
    }

    /** @param named the node that the command line names */
    static OwnPool find(NodeClient named, String volume) {
        JsonNode pool = named.get("ask for the pool's status", UrlPath.ofApi("pool"));
        List<PoolNode> nodes = new ArrayList<>();
        List<NodeClient> clients = new ArrayList<>();
        clients.add(new NodeClient(named.base(), ANSWER_MAX));
        for (JsonNode node : pool.path("nodes")) {
            String name = node.path("name").asText();
            boolean isNamed = name.equals(pool.path("node").asText());
            URI announced = URI.create(node.path("url").asText());
            NodeClient client = isNamed ? clients.get(0) : new NodeClient(announced, ANSWER_MAX);
            boolean reached = isNamed || isThere(client, name, pool.path("pool").asText());
            nodes.add(new PoolNode(name, node.path("address").asText(), reached ? client.base() : null));
            if (reached && !isNamed) {
                clients.add(client);
            }
        }
        return new OwnPool(volume, nodes, clients);
    }

    List<PoolNode> nodes() {
        return nodes;
    }

    /** Addresses through which the pool is used, that of the named node first. */
    List<URI> urls() {
        return clients.stream().map(NodeClient::base).toList();
    }

    /** One for each of {@link #urls}. */
    List<NodeClient> clients() {
        return clients;
    }

    PoolNode node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> CommandFailedException.failed("the pool has no node '" + name + "' any more"));
    }

    /** Speaks to one node that is reached from here. */
    NodeClient client(String node) {
        URI url = Objects.requireNonNull(node(node).url(), node);
        return clients.stream()
                .filter(client -> client.base().equals(url))
                .findFirst()
                .orElseThrow();
    }

    /** The answer of the first node that has one. */
    JsonNode ask(String attempt, String path) {
        CommandFailedException last = null;
        for (NodeClient client : clients) {
            try {
                return client.get(attempt, path);
            } catch (CommandFailedException e) {
                last = e;
            }
        }
        throw Objects.requireNonNull(last, "there is the named node");
    }

    @Override
    public boolean answers(String node) {
        NodeClient probe = probes.get(node);
        if (probe == null) {
            return true;
        }
        try {
            probe.get("ask whether the node lives", "/health/live");
            return true;
        } catch (CommandFailedException e) {
            return false;
        }
    }

    @Override
    public boolean isAway(String node) {
        for (PoolNode other : nodes) {
            NodeClient asked = probes.get(other.name());
            if (asked != null && !other.name().equals(node) && saysAway(asked, node)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String brickHealth(String brick) {
        try {
            JsonNode found = ask("look at the volume '" + volume + "'", UrlPath.ofApi("volumes", volume));
            for (JsonNode each : found.path("bricks")) {
                if (each.path("brick").asText().equals(brick)) {
                    return each.path("health").asText();
                }
            }
        } catch (CommandFailedException e) {
            return "";
        }
        return "";
    }

    @Override
    public long mended(String brick) {
        try {
            long mended = 0;
            for (JsonNode each : ask("ask what is left to heal", UrlPath.ofApi("volumes", volume, "heal"))
                    .path("bricks")) {
                if (each.path("brick").asText().equals(brick)) {
                    mended = each.path("filesLeft").asLong()
                            + each.path("healedFiles").asLong();
                }
            }
            return mended;
        } catch (CommandFailedException e) {
            return -1;
        }
    }

    private static boolean saysAway(NodeClient asked, String node) {
        try {
            for (JsonNode each :
                    asked.get("ask for the nodes", UrlPath.ofApi("nodes")).path("nodes")) {
                if (each.path("name").asText().equals(node)) {
                    return !each.path("reachable").asBoolean();
                }
            }
        } catch (CommandFailedException e) {
            return false;
        }
        return false;
    }

    private static boolean isThere(NodeClient client, String name, String pool) {
        try {
            JsonNode answer = client.get("ask for the pool's status", UrlPath.ofApi("pool"));
            return answer.path("node").asText().equals(name)
                    && answer.path("pool").asText().equals(pool);
        } catch (CommandFailedException e) {
            return false;
        }
    }
}
