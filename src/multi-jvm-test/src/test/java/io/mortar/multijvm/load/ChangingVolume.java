package io.mortar.multijvm.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.multijvm.http.MortarHttp;
import io.mortar.multijvm.http.MortarHttp.Answer;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.Await.GaveUpException;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Changes what a volume is made of, and looks at its jobs, through whichever node answers. Requests that are not answered are repeated, as
 * they may be.
 */
final class ChangingVolume {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PoolExtension pool;
    private final String path;

    ChangingVolume(PoolExtension pool, String name) {
        this.pool = pool;
        this.path = "volumes/" + name;
    }

    void addBricks(String... bricks) {
        ask("POST", path + "/bricks", bricks(bricks));
    }

    void removeBrick(String brick) {
        ask("POST", path + "/bricks/remove", bricks(brick));
    }

    /** Keeps a brick that is being removed. */
    void keepBrick(String brick) {
        ask("POST", path + "/bricks/remove/stop", bricks(brick));
    }

    void replaceBrick(String brick, String with) {
        ask("POST", path + "/bricks/replace", "{\"brick\": \"" + brick + "\", \"with\": \"" + with + "\"}");
    }

    void setReplica(int count) {
        ask("PATCH", path, "{\"replica\": " + count + "}");
    }

    /** Starts to even out the bricks; the number of the job. */
    long rebalance() {
        return ask("POST", path + "/jobs", "{\"kind\": \"rebalance\"}")
                .path("id")
                .asLong();
    }

    JsonNode job(long id) {
        return ask("GET", path + "/jobs/" + id, "");
    }

    List<JsonNode> jobs() {
        return elements(ask("GET", path + "/jobs", "").path("jobs"));
    }

    /** Jobs of one kind that have not ended. */
    List<JsonNode> running(String kind) {
        return jobs().stream()
                .filter(job -> job.path("kind").asText().equals(kind) && !hasEnded(job))
                .toList();
    }

    static boolean hasEnded(JsonNode job) {
        return List.of("DONE", "FAILED", "CANCELLED").contains(job.path("state").asText());
    }

    /** {@code node:/directory} of all bricks. */
    List<String> bricks() {
        return elements(describe().path("bricks")).stream()
                .map(brick -> brick.path("brick").asText())
                .toList();
    }

    /** What `volume status` says. */
    JsonNode describe() {
        return ask("GET", path, "");
    }

    /** Index of the node that leads the metadata. */
    int leader() {
        return Await.value("a node leads the metadata", PATIENCE, () -> {
            for (NodeProcess node : running()) {
                for (JsonNode member : elements(new MortarHttp(node.url())
                        .within(ANSWER_MAX)
                        .ask("nodes")
                        .json()
                        .path("nodes"))) {
                    if (member.path("metadata").asBoolean()) {
                        return indexOf(member.path("name").asText());
                    }
                }
            }
            return null;
        });
    }

    /** Index of the node that has {@code brick}. */
    int nodeOf(String brick) {
        return indexOf(brick.substring(0, brick.indexOf(':')));
    }

    private int indexOf(String name) {
        return pool.nodes().stream().map(NodeProcess::name).toList().indexOf(name);
    }

    private List<NodeProcess> running() {
        return pool.nodes().stream().filter(NodeProcess::isRunning).toList();
    }

    private JsonNode ask(String method, String resource, String json) {
        String what = method + " " + resource + " " + json;
        return Await.value(what + " is answered", PATIENCE, () -> {
            List<String> refusals = new ArrayList<>();
            for (NodeProcess node : running()) {
                MortarHttp http = new MortarHttp(node.url()).within(ANSWER_MAX);
                Answer answer = method.equals("GET") ? http.ask(resource) : http.tell(method, resource, json);
                if (answer.status() < 300) {
                    return answer.json();
                }
                if (answer.status() < 500) {
                    throw new GaveUpException(answer.toString(), null);
                }
                refusals.add(answer.toString());
            }
            throw new IllegalStateException(refusals.toString());
        });
    }

    private static String bricks(String... bricks) {
        return List.of(bricks).stream()
                .map(brick -> '"' + brick + '"')
                .collect(Collectors.joining(", ", "{\"bricks\": [", "]}"));
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
