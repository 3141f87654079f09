package io.mortar.journal.group;

import akka.actor.Address;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.remote.RARP;
import akka.remote.testkit.Blackhole$;
import akka.remote.testkit.Direction.Both$;
import akka.remote.testkit.SetThrottle;
import akka.remote.testkit.ThrottleMode;
import akka.remote.testkit.Unthrottled$;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.log.GroupIdentity;
import io.mortar.journal.membership.Candidate;
import io.mortar.journal.raft.MemberId;
import io.mortar.journal.space.DiskSpace;
import io.mortar.journal.state.GroupStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.FutureConverters;

/** A node of a test: an actor system with remoting and, once started, a member in a directory of its own. */
final class GroupNode implements AutoCloseable {
    private static final String CONFIG = """
            akka {
              loglevel = ERROR
              log-dead-letters = off
              actor.provider = remote
              coordinated-shutdown.run-by-jvm-shutdown-hook = off
              remote.artery {
                transport = tcp
                canonical.hostname = "127.0.0.1"
                canonical.port = 0
                large-message-destinations = ["/user/raft-bulk-*"]
                advanced.maximum-large-frame-size = 1056 KiB
                advanced.test-mode = on
                advanced.shutdown-flush-timeout = 10 ms
              }
            }
            mortar.journal.group {
              tick = 30 ms
              raft.election-ticks-min = 20
              raft.election-ticks-max = 40
            }
            """;

    private final String name;
    private final MemberId id;
    private final Path directory;
    private final GroupIdentity identity;
    private final Config config;
    private final ActorSystem<Consumer<ActorContext<?>>> system;
    private final ConcurrentLinkedQueue<String> leaderships = new ConcurrentLinkedQueue<>();
    private DiskSpace space = DiskSpace.UNLIMITED;
    private @Nullable RaftGroup group;

    /** @param settings over those of every test, of {@code mortar.journal.group} */
    GroupNode(String name, Path directory, GroupIdentity identity, String settings) {
        this.name = name;
        this.id = new MemberId(name);
        this.directory = directory;
        this.identity = identity;
        this.config = ConfigFactory.parseString("mortar.journal.group {\n" + settings + "\n}")
                .withFallback(ConfigFactory.parseString(CONFIG))
                .withFallback(ConfigFactory.load());
        this.system = ActorSystem.create(guardian(), "group-test", config);
    }

    private static Behavior<Consumer<ActorContext<?>>> guardian() {
        return Behaviors.receive((context, task) -> {
            task.accept(context);
            return Behaviors.same();
        });
    }

    GroupNode on(DiskSpace other) {
        space = other;
        return this;
    }

    KvOptions options() {
        return KvOptions.of(space).withMemory(1 << 20, 1 << 20);
    }

    /** Starts the member that {@code stores} belong to. */
    GroupNode start(GroupStores stores) {
        CompletableFuture<RaftGroup> started = new CompletableFuture<>();
        GroupSettings settings = GroupSettings.of(config.getConfig(GroupSettings.PATH));
        system.tell(context -> started.complete(RaftGroup.start(context, identity, id, stores, space, settings)));
        RaftGroup running = started.join();
        group = running;
        running.listen(new LeadershipListener() {
            @Override
            public void began(long term) {
                leaderships.add("began " + term);
            }

            @Override
            public void ended(long term) {
                leaderships.add("ended " + term);
            }
        });
        return this;
    }

    /** Opens what is in the directory, or begins with nothing, and starts. */
    GroupNode startFromDisk() {
        return start(GroupStores.openOrEmpty(directory, identity, options(), options()));
    }

    String name() {
        return name;
    }

    MemberId id() {
        return id;
    }

    Path directory() {
        return directory;
    }

    RaftGroup group() {
        return Objects.requireNonNull(group, "not started");
    }

    /** What the listener was told, in order. */
    List<String> leaderships() {
        return List.copyOf(leaderships);
    }

    String address() {
        return hostPort(system.address());
    }

    private static String hostPort(Address address) {
        return address.getHost().orElseThrow() + ":" + address.getPort().orElseThrow();
    }

    Candidate candidate() {
        return new Candidate(id, address(), name, true, 1000);
    }

    /** Loses all messages from and to {@code other}, or no longer. */
    void cut(GroupNode other, boolean off) {
        ThrottleMode mode = off ? Blackhole$.MODULE$ : Unthrottled$.MODULE$;
        SetThrottle command = new SetThrottle(other.system.address(), Both$.MODULE$, mode);
        RARP remoting = (RARP) RARP.get(system);
        FutureConverters.asJava(remoting.provider().transport().managementCommand(command))
                .toCompletableFuture()
                .join();
    }

    /** Begins to end the system. */
    void terminate() {
        system.terminate();
    }

    /** Ends the system without a word to the others; returns when its stores are closed. */
    @Override
    public void close() {
        terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("system of " + name + " does not terminate", e);
        }
    }
}
