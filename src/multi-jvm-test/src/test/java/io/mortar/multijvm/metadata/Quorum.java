package io.mortar.multijvm.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.multijvm.http.MortarHttp;
import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who keeps the pool's metadata, as nodes say over HTTP. */
public final class Quorum {
    public static final String VOLUME = "bt-vol";
    private static final int STRIPE_UNIT_BYTES = 65_536;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final List<NodeProcess> nodes;

    public Quorum(List<NodeProcess> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** Waits until all nodes of {@code pool} vote, and makes the volume {@link #VOLUME} on their first bricks. */
    static Quorum withVolume(PoolExtension pool, int voters) throws IOException, InterruptedException {
        Quorum quorum = new Quorum(pool.nodes());
        quorum.awaitVoterCount(voters);
        pool.volumes().createStarted(VOLUME, pool.nodes().size(), STRIPE_UNIT_BYTES, pool.bricks(1));
        return quorum;
    }

    /** The node that leads, as the first of the running nodes other than {@code not} says that knows one. */
    public NodeProcess leader(NodeProcess... not) {
        List<NodeProcess> excluded = List.of(not);
        return Await.value("another node than " + names(excluded) + " leads", DEADLINE, () -> {
            for (NodeProcess node : nodes) {
                if (node.isRunning() && !excluded.contains(node)) {
                    NodeProcess leader = leaderSeenBy(node);
                    if (leader != null && leader.isRunning() && !excluded.contains(leader)) {
                        return leader;
                    }
                }
            }
            return null;
        });
    }

    /** Some running node that does not lead. */
    NodeProcess follower() {
        NodeProcess leader = leader();
        return nodes.stream()
                .filter(node -> node.isRunning() && node != leader)
                .findFirst()
                .orElseThrow();
    }

    /** All nodes but {@code one}. */
    List<NodeProcess> others(NodeProcess one) {
        return nodes.stream().filter(node -> node != one).toList();
    }

    public void awaitVoterCount(int count) {
        Await.until(count + " nodes vote", DEADLINE, () -> voters().size() == count);
    }

    /** Waits until {@code count} nodes vote, none of which lacks anything that the leader has. */
    public void awaitCompleteVoterCount(int count) {
        Await.until(count + " voters lack nothing", DEADLINE, () -> completeVoters() == count);
    }

    private int completeVoters() throws IOException, InterruptedException {
        int complete = 0;
        for (JsonNode member : describe(leader()).path("members")) {
            boolean votes = member.path("role").asText().equals("voter");
            complete += votes && member.path("lag").asLong(-1) == 0 ? 1 : 0;
        }
        return complete;
    }

    /** Waits until exactly {@code voters} vote. */
    void awaitVoters(List<NodeProcess> voters) {
        List<String> wanted = names(voters).stream().sorted().toList();
        Await.until(wanted + " vote", DEADLINE, () -> voters().equals(wanted));
    }

    /** Names of the voters, as the leader says. */
    public List<String> voters() throws IOException, InterruptedException {
        TreeSet<String> voters = new TreeSet<>();
        for (JsonNode member : describe(leader()).path("members")) {
            if (member.path("role").asText().equals("voter")) {
                voters.add(member.path("node").asText());
            }
        }
        return List.copyOf(voters);
    }

    private @Nullable NodeProcess leaderSeenBy(NodeProcess node) throws InterruptedException {
        try {
            String leader = describe(node).path("leader").asText();
            return nodes.stream()
                    .filter(each -> each.name().equals(leader))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private static JsonNode describe(NodeProcess node) throws IOException, InterruptedException {
        return new MortarHttp(node.url()).within(ANSWER).ask("meta").json();
    }

    private static List<String> names(List<NodeProcess> nodes) {
        List<String> names = new ArrayList<>();
        nodes.forEach(node -> names.add(node.name()));
        return names;
    }
}
