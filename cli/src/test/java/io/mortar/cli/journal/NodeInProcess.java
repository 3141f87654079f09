package io.mortar.cli.journal;

import akka.actor.typed.ActorRef;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.mortar.client.file.WriteRequest;
import io.mortar.client.session.ClientSettings;
import io.mortar.client.session.PoolClient;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.path.VolumePath;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.node.boot.MortarNode;
import io.mortar.node.boot.NodeConfiguration;
import io.mortar.node.boot.NodeExit;
import io.mortar.protocol.pool.RegistryProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A node without its gateway, and its client. What it is asked is repeated until it succeeds: it may have no leader to go to yet. */
final class NodeInProcess implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final VolumeName VOLUME = new VolumeName("v");
    private static final int UNIT_BYTES = 64 * 1024;

    private final MortarNode node;
    private final PoolClient client;
    private final LinkedBlockingQueue<String> faults;

    private NodeInProcess(MortarNode node, PoolClient client, LinkedBlockingQueue<String> faults) {
        this.node = node;
        this.client = client;
        this.faults = faults;
    }

    /** @param journal where the metadata is */
    static NodeInProcess start(Path directory, String name, int port, List<String> join, Config journal) {
        Config own = ConfigFactory.parseMap(Map.of(
                "mortar.name", name,
                "mortar.data-dir", directory.resolve(name).toString(),
                "mortar.bind.port", port,
                "mortar.join", join,
                "mortar.journal.local.space.reserve", "1 MiB"));
        Config config = NodeConfiguration.complete(own.withFallback(journal));
        LinkedBlockingQueue<String> faults = new LinkedBlockingQueue<>();
        MortarNode node =
                MortarNode.start(config, "http://127.0.0.1", (what, cause) -> faults.add(what + ": " + cause));
        return new NodeInProcess(
                node, PoolClient.start(node.system(), node.topology(), ClientSettings.from(config)), faults);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Makes and starts the one volume of the tests, on one new brick. */
    void createVolume(String brickNode, Path brick) {
        ask(
                RegistryProtocol.VolumeDescribed.class,
                replyTo -> new RegistryProtocol.CreateVolume(
                        VOLUME,
                        new VolumeSpec(1, 1, UNIT_BYTES),
                        List.of(new BrickLocation(new NodeName(brickNode), brick.toString())),
                        replyTo));
        ask(RegistryProtocol.VolumeDescribed.class, replyTo -> new RegistryProtocol.StartVolume(VOLUME, replyTo));
    }

    private <R extends RegistryProtocol.Reply> void ask(
            Class<R> expected, Function<ActorRef<RegistryProtocol.Reply>, RegistryProtocol.Request> request) {
        eventually(() -> get(client.registry().ask(expected, request)));
    }

    void write(String file, String content) {
        ByteString bytes = ByteString.fromString(content);
        WriteRequest request =
                new WriteRequest(VOLUME, VolumePath.parse(file), WriteCondition.NONE, bytes.size(), List.of());
        eventually(() -> get(client.files().write(request, bytes)));
    }

    String read(String file) {
        return eventually(() -> {
            Outcome.FileFound found = (Outcome.FileFound) get(client.files().lookup(VOLUME, VolumePath.parse(file)));
            return get(get(client.files()
                                    .read(found.file(), VOLUME, 0, found.file().sizeBytes()))
                            .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), node.system()))
                    .utf8String();
        });
    }

    List<String> names() {
        return eventually(() -> get(client.files().list(VOLUME, VolumePath.ROOT, "", 100)).entries().stream()
                .map(Outcome.Entry::name)
                .toList());
    }

    /** What would have halted the process. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** How the node ends by itself. */
    NodeExit exit() throws Exception {
        return get(node.ended());
    }

    /** Stops the node in order. */
    @Override
    public void close() {
        try {
            get(node.stop());
            get(node.ended());
        } catch (Exception e) {
            throw new AssertionError("node " + node.name() + " did not stop", e);
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static <T> T eventually(Callable<T> attempt) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        @Nullable Exception last = null;
        while (System.nanoTime() < end) {
            try {
                return attempt.call();
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        throw new AssertionError("gave up after " + DEADLINE, last);
    }
}
