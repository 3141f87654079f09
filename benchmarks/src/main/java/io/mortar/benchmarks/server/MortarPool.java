package io.mortar.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes on 127.0.0.1 to 127.0.0.3, started by the launcher with the flags it has for a machine with 512 MB, all of which have a
 * replica of the metadata, and a volume without redundancy that is striped over one brick of each. Requests go to the first node
 * unless a part chooses another. A part may add a node and more volumes.
 */
public final class MortarPool implements Server {
    public static final int VOTERS = 3;

    private static final int NODES_MAX = 4;
    private static final String VOLUME = "bench";
    private static final Duration SETTLING_MAX = Duration.ofMinutes(2);
    private static final long POLL_NANOS = 50_000_000;

    private final Path launcher;
    private final Path directory;
    private final String javaOptions;
    private final int transport;
    private final int http;
    private final List<PoolNode> nodes = new ArrayList<>();

    private MortarPool(Path launcher, Path directory, String javaOptions) throws IOException {
        this.launcher = launcher;
        this.directory = directory;
        this.javaOptions = javaOptions;
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < NODES_MAX; i++) {
            hosts.add(host(i));
        }
        transport = Ports.freeOn(hosts);
        http = Ports.freeOn(hosts);
    }

    /** Starts the pool with all its data below {@code directory}; {@code launcher} is the {@code mortar} script. */
    public static MortarPool start(Path launcher, Path directory, String javaOptions)
            throws IOException, InterruptedException {
        MortarPool pool = new MortarPool(launcher, directory, javaOptions);
        for (int i = 0; i < VOTERS; i++) {
            pool.add();
        }
        pool.awaitSettled();
        pool.createVolume(VOLUME, VOTERS, 1);
        return pool;
    }

    /** Makes and starts a volume with a brick on every node that there is now. */
    public PoolVolume createVolume(String name, int stripe, int replica) throws IOException, InterruptedException {
        String bricks = nodes.stream()
                .map(node -> "\"" + node.name() + ":" + node.brick(name) + "\"")
                .collect(Collectors.joining(","));
        Http.postJson(
                base().resolve("/api/v1/volumes"),
                "{\"name\":\"%s\",\"stripe\":%d,\"replica\":%d,\"bricks\":[%s]}"
                        .formatted(name, stripe, replica, bricks));
        Http.postJson(base().resolve("/api/v1/volumes/" + name + "/start"), "{}");
        return new PoolVolume(name);
    }

    /** Starts one more node, which has no brick, and waits until it is ready. */
    public PoolNode add() throws IOException, InterruptedException {
        int index = nodes.size();
        String name = "bt" + (index + 1);
        PoolNode node = PoolNode.start(
                launcher,
                directory.resolve(name),
                name,
                host(index) + ":" + transport,
                host(index) + ":" + http,
                nodes.stream()
                        .limit(1)
                        .map(other -> other.base().getHost() + ":" + transport)
                        .toList(),
                javaOptions);
        nodes.add(node);
        node.awaitAnswer("/health/ready");
        return node;
    }

    private static String host(int index) {
        return "127.0.0." + (index + 1);
    }

    public List<PoolNode> nodes() {
        return List.copyOf(nodes);
    }

    /** The node that leads the metadata, once there are three voters and none lacks anything. */
    public PoolNode awaitSettled() throws IOException, InterruptedException {
        long end = System.nanoTime() + SETTLING_MAX.toNanos();
        while (true) {
            PoolMetadata seen = metadata();
            if (seen != null && seen.isSettled(VOTERS)) {
                String leader = seen.leader();
                return nodes.stream()
                        .filter(node -> node.name().equals(leader))
                        .findFirst()
                        .orElseThrow(() -> new IOException("node " + leader + " leads, which is not of this pool"));
            }
            if (System.nanoTime() > end) {
                throw new IOException("the metadata did not come to rest in " + SETTLING_MAX + ": " + seen);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** What the first node that answers says about the metadata; null when none does. */
    public @Nullable PoolMetadata metadata() throws InterruptedException {
        for (PoolNode node : nodes) {
            PoolMetadata answer = node.isAlive() ? metadata(node) : null;
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    private static @Nullable PoolMetadata metadata(PoolNode node) throws InterruptedException {
        try {
            byte[] answer = Http.get(node.base().resolve("/api/v1/meta"));
            return PoolMetadata.parse(new String(answer, StandardCharsets.UTF_8));
        } catch (IOException notNow) {
            return null;
        }
    }

    @Override
    public String name() {
        return "mortar";
    }

    @Override
    public URI base() {
        return nodes.get(0).base();
    }

    @Override
    public String path(String relative) {
        return new PoolVolume(VOLUME).path(relative);
    }

    /** Of the nodes that run. */
    @Override
    public List<Long> pids() {
        return nodes.stream().filter(PoolNode::isAlive).map(PoolNode::pid).toList();
    }

    @Override
    public void close() {
        Children.stop(nodes.stream().map(PoolNode::process).toList());
    }
}
