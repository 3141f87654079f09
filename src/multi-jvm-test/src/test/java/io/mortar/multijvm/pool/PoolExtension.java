package io.mortar.multijvm.pool;

import com.fasterxml.jackson.databind.JsonNode;
import io.mortar.multijvm.http.MortarHttp;
import io.mortar.multijvm.http.VolumeAdmin;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A pool of real node processes: {@code bt1} on the network's first address, {@code bt2} on its second and so on, all with the same two ports. In a static
 * field one pool serves all tests of the class; in an instance field every test gets its own. When a test fails, the nodes' logs are
 * kept below {@code target/multi-jvm/}. All processes and directories are gone when the class is done.
 */
public final class PoolExtension implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Duration SIGHT_DEADLINE = Duration.ofSeconds(40);

    private final int nodeCount;
    private final String settings;
    private final @Nullable Path samples;
    private final NodeNetwork network;
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<NodeProcess> strangers = new ArrayList<>();
    private boolean perClass;
    private @Nullable Path directory;
    private @Nullable FreePorts ports;

    private PoolExtension(int nodeCount, String settings, @Nullable Path samples, NodeNetwork network) {
        this.nodeCount = nodeCount;
        this.settings = settings;
        this.samples = samples;
        this.network = network;
    }

    public static PoolExtension ofNodes(int nodeCount) {
        return new PoolExtension(nodeCount, "", null, NodeNetwork.LOOPBACK);
    }

    /** Three nodes whose configuration files are those of {@code deploy/three-vms}; they find each other by its seed nodes. */
    public static PoolExtension bySampleConfiguration() {
        Path samples = Path.of(System.getProperty("mortar.root"), "deploy/three-vms");
        return new PoolExtension(3, "", samples, NodeNetwork.LOOPBACK);
    }

    /** The same pool, whose nodes read {@code lines} (HOCON) from their configuration file. */
    public PoolExtension configured(String lines) {
        return new PoolExtension(nodeCount, settings + lines + "\n", samples, network);
    }

    /** The same pool on another network. */
    public PoolExtension on(NodeNetwork other) {
        return new PoolExtension(nodeCount, settings, samples, other);
    }

    /** Node {@code number}, counted from 1; the first one founds the pool. */
    public NodeProcess node(int number) {
        return nodes.get(number - 1);
    }

    public List<NodeProcess> nodes() {
        return List.copyOf(nodes);
    }

    /** Bricks number {@code number} of all nodes, for `volume create`. */
    public List<String> bricks(int number) {
        return nodes.stream().map(node -> node.brick(number)).toList();
    }

    /** Speaks HTTP to node {@code number}. */
    public MortarHttp http(int number) {
        return new MortarHttp(node(number).url());
    }

    /** Administers volumes through the first node. */
    public VolumeAdmin volumes() {
        return new VolumeAdmin(node(1).url());
    }

    /** Directory of this pool, for files of the test. */
    public Path directory() {
        if (directory == null) {
            throw new IllegalStateException("the pool is not set up yet");
        }
        return directory;
    }

    /** A node that is not started and not part of {@link #nodes}, on an address of its own. */
    public NodeProcess stranger(String name) throws IOException {
        NodeProcess stranger = newNode(name, nodeCount + strangers.size(), "stranger" + strangers.size());
        strangers.add(stranger);
        return stranger;
    }

    /** Starts nodes in {@code order} (numbers from 1) and waits until they are ready and all running nodes see each other. */
    public void start(int... order) throws IOException {
        for (int number : order) {
            node(number).start();
        }
        for (int number : order) {
            node(number).awaitReady();
        }
        awaitSight();
    }

    /** Waits until every running node sees all running nodes, and no others, as reachable. */
    public void awaitSight() {
        List<String> running = nodes.stream()
                .filter(NodeProcess::isRunning)
                .map(NodeProcess::name)
                .toList();
        for (int number = 1; number <= nodeCount; number++) {
            int node = number;
            if (node(node).isRunning()) {
                Await.until(
                        node(node).name() + " sees that " + running + " are reachable",
                        SIGHT_DEADLINE,
                        () -> reachableSeenBy(node).equals(running));
            }
        }
    }

    /** Waits until as many nodes vote on the metadata as a pool of this size has voters, so that one of three may be lost. */
    private void awaitVoters() {
        int wanted = nodeCount >= 7 ? 5 : nodeCount >= 3 ? 3 : 1;
        Await.until(wanted + " nodes vote on the metadata", SIGHT_DEADLINE, () -> {
            int voters = 0;
            for (JsonNode member : http(1).ask("meta").json().path("members")) {
                voters += member.path("role").asText().equals("voter") ? 1 : 0;
            }
            return voters == wanted;
        });
    }

    private List<String> reachableSeenBy(int node) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (JsonNode member : http(node).ask("nodes").json().path("nodes")) {
            if (member.path("reachable").asBoolean()) {
                names.add(member.path("name").asText());
            }
        }
        return names;
    }

    public void killAll() throws InterruptedException {
        for (NodeProcess node : nodes) {
            if (node.isRunning()) {
                node.kill();
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        perClass = true;
        setUp();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        if (!perClass) {
            setUp();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (context.getExecutionException().isPresent()) {
            keepLogs(context);
        }
        if (!perClass) {
            tearDown();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (context.getExecutionException().isPresent()) {
            keepLogs(context);
        }
        tearDown();
    }

    private void setUp() throws IOException, InterruptedException {
        directory = Workplace.newDirectory("pool");
        network.setUp();
        ports = network.ports();
        for (int i = 0; i < nodeCount; i++) {
            nodes.add(newNode("bt" + (i + 1), i, "bt" + (i + 1)));
        }
        if (samples != null) {
            start(IntStream.rangeClosed(1, nodeCount).toArray());
            awaitVoters();
            return;
        }
        node(1).start();
        node(1).awaitReady();
        int[] others = IntStream.rangeClosed(2, nodeCount).toArray();
        for (int number : others) {
            node(number).joinThrough(node(1));
        }
        start(others);
        awaitVoters();
    }

    private NodeProcess newNode(String name, int hostIndex, String subdirectory) throws IOException {
        if (ports == null) {
            throw new IllegalStateException("the pool is not set up yet");
        }
        String host = network.hosts().get(hostIndex);
        Path own = Files.createDirectories(directory().resolve(subdirectory));
        if (samples != null) {
            Path sample = samples.resolve(name + ".conf");
            return new NodeProcess(
                    NodeSpec.byConfiguration(name, host, ports, own, sample, sampleEnvironment(own)), network);
        }
        Path config = Files.writeString(own.resolve("node.conf"), settings);
        return new NodeProcess(NodeSpec.byOptions(name, host, ports, own, config), network);
    }

    /** Variables that the sample configuration leaves open. */
    private Map<String, String> sampleEnvironment(Path own) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < nodeCount; i++) {
            environment.put("MORTAR_BT" + (i + 1), network.hosts().get(i));
        }
        if (ports != null) {
            environment.put("MORTAR_BIND_PORT", Integer.toString(ports.transport()));
            environment.put("MORTAR_HTTP_PORT", Integer.toString(ports.http()));
        }
        environment.put("MORTAR_DATA_DIR", own.resolve("data").toString());
        environment.put("MORTAR_BRICK_ROOT", own.toString());
        return environment;
    }

    private void keepLogs(ExtensionContext context) throws IOException {
        Path target = Workplace.failures()
                .resolve(context.getRequiredTestClass().getSimpleName())
                .resolve(context.getTestMethod().map(Method::getName).orElse("class"));
        Files.createDirectories(target);
        for (NodeProcess node : everyNode()) {
            String fileName = node.spec().directory().getFileName() + ".log";
            Files.writeString(target.resolve(fileName), node.log());
        }
    }

    private void tearDown() throws IOException, InterruptedException {
        for (NodeProcess node : everyNode()) {
            if (node.isRunning()) {
                node.kill();
            }
        }
        nodes.clear();
        strangers.clear();
        network.tearDown();
        if (directory != null) {
            Directories.delete(directory);
        }
    }

    private List<NodeProcess> everyNode() {
        List<NodeProcess> all = new ArrayList<>(nodes);
        all.addAll(strangers);
        return all;
    }
}
