package io.mortar.node.boot;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.AskPattern;
import com.typesafe.config.ConfigFactory;
import io.mortar.core.namespace.Command;
import io.mortar.core.namespace.Outcome;
import io.mortar.core.namespace.Query;
import io.mortar.core.path.VolumePath;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeName;
import io.mortar.node.metadata.StoredPool;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.namespace.RequestKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node on data of a release that kept the metadata on one node. */
class StoredPoolTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void a_founder_of_an_older_release_serves_its_files_and_changes_them_and_so_after_a_restart() throws Exception {
        StoredPool.copyTo(directory);

        MortarNode first = start();
        try {
            assertThat(list(first, "films", "/a")).containsExactly("b", "empty.txt", "hello.txt");
            assertThat(list(first, "books", "/")).containsExactly("drama", "poems");
            assertThat(ask(first, "gone", "/"))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo(RefusalCode.VOLUME_NOT_FOUND));
            assertThat(makeDirectory(first, "books", "/novels")).isInstanceOf(Outcome.DirectoryMade.class);
        } finally {
            stop(first);
        }
        assertThat(directory.resolve("namespace")).doesNotExist();
        assertThat(Files.readString(directory.resolve("node.json"))).contains("\"metadataReplica\" : true");

        MortarNode second = start();
        try {
            assertThat(list(second, "books", "/")).containsExactly("drama", "novels", "poems");
        } finally {
            stop(second);
        }
    }

    @Test
    void an_old_copy_that_is_put_back_over_replicated_metadata_is_not_imported_into_it() throws Exception {
        StoredPool.copyTo(directory);
        MortarNode first = start();
        try {
            assertThat(makeDirectory(first, "books", "/novels")).isInstanceOf(Outcome.DirectoryMade.class);
        } finally {
            stop(first);
        }
        Path restored = directory.resolve("restored");
        StoredPool.copyTo(restored);
        Files.move(directory.resolve("metadata"), restored.resolve("metadata"));

        NodeExit exit = start(restored).ended().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(exit)
                .isInstanceOfSatisfying(
                        NodeExit.Failed.class,
                        failed -> assertThat(failed.reason()).contains("would mix the two"));
        assertThat(restored.resolve("namespace")).exists();
    }

    @Test
    void a_node_that_cannot_write_down_who_it_is_says_so() throws Exception {
        StoredPool.copyTo(directory);
        Files.createDirectory(directory.resolve("node.json.tmp"));

        NodeExit exit = start().ended().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(exit)
                .isInstanceOfSatisfying(
                        NodeExit.Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains("identity could not be written", "node.json.tmp: Is a directory"));
    }

    private MortarNode start() throws IOException {
        return start(directory);
    }

    private static MortarNode start(Path dataDirectory) throws IOException {
        return MortarNode.start(
                NodeConfiguration.complete(ConfigFactory.parseMap(Map.of(
                        "mortar.name",
                        "bt1",
                        "mortar.data-dir",
                        dataDirectory.toString(),
                        "mortar.bind.host",
                        "127.0.0.1",
                        "mortar.bind.port",
                        freePort()))),
                "http://127.0.0.1:1",
                (what, cause) -> {
                    throw new AssertionError(what, cause);
                });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void stop(MortarNode node) throws Exception {
        node.stop();
        node.ended().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static List<String> list(MortarNode node, String volume, String path) {
        Outcome outcome = ask(node, volume, path);
        assertThat(outcome).isInstanceOf(Outcome.Listing.class);
        return ((Outcome.Listing) outcome)
                .entries().stream().map(Outcome.Entry::name).sorted().toList();
    }

    private static Outcome ask(MortarNode node, String volume, String path) {
        Query query = new Query.ListDirectory(VolumePath.parse(path), "", 100);
        return outcome(node, replyTo -> new NamespaceProtocol.Ask(new VolumeName(volume), query, replyTo));
    }

    private static Outcome makeDirectory(MortarNode node, String volume, String path) {
        Command command = new Command.MakeDirectory(VolumePath.parse(path), false);
        return outcome(
                node,
                replyTo -> new NamespaceProtocol.Change(
                        new VolumeName(volume), new RequestKey(1, 1, 0), command, replyTo));
    }

    private static Outcome outcome(MortarNode node, Function<ActorRef<Outcome>, NamespaceProtocol.Request> request) {
        return AskPattern.<NamespaceProtocol.Request, Outcome>ask(
                        namespace(node), request::apply, PATIENCE, node.system().scheduler())
                .toCompletableFuture()
                .join();
    }

    /** Polls: a node tells nobody when it begins to serve. */
    private static ActorRef<NamespaceProtocol.Request> namespace(MortarNode node) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        ActorRef<NamespaceProtocol.Request> namespace =
                node.topology().current().namespace();
        while (namespace == null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(20_000_000);
            namespace = node.topology().current().namespace();
        }
        assertThat(namespace).as("the node serves the metadata").isNotNull();
        return Objects.requireNonNull(namespace);
    }
}
