package io.mortar.node.boot;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.mortar.core.pool.PoolId;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.local.LocalStore;
import io.mortar.journal.space.DiskSpace;
import io.mortar.node.coordinator.NamespaceRouter;
import io.mortar.node.coordinator.NamespaceStore;
import io.mortar.node.coordinator.Surroundings;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.node.registry.Registry;
import io.mortar.node.registry.RegistryHome;
import io.mortar.node.topology.TopologyKeeper;
import io.mortar.protocol.pool.RegistryProtocol;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The actors that only the metadata node has: the registry and, told by it which volumes there are, the namespace. */
final class MetadataActors {
    /** A recovery reads a short tail of the journal; this only bounds how long a node looks as if nothing was wrong. */
    private static final Duration RECOVERY_WAIT = Duration.ofMinutes(5);

    private MetadataActors() {}

    /**
     * Starts them and registers this node's own name; they are announced to other nodes once the registry has answered, since by then it
     * has recovered and told the namespace of every volume.
     *
     * @param recovered the message to the guardian that carries the references to announce
     */
    static <M> void spawn(ActorContext<M> context, NodeParts parts, Recovered<M> recovered) {
        NodeIdentity identity = parts.identity().get();
        PoolId pool = Objects.requireNonNull(identity.pool(), "a node that is up has a pool");
        Path directory = parts.dataDirectory().resolve("namespace");
        DiskSpace space = LocalStore.get(context.getSystem()).space();
        NamespaceStore store = new NamespaceStore(KvStores.open(directory, KvOptions.of(space)));
        context.getSystem().getWhenTerminated().whenComplete((done, failure) -> store.close());
        Surroundings surroundings = new Surroundings(
                store,
                space,
                parts.topology(),
                parts.settings().features().coordinator(),
                Clock.systemUTC(),
                new SecureRandom(),
                parts.fault());
        ActorRef<Object> namespace = context.spawn(NamespaceRouter.create(surroundings), "namespace");
        ActorRef<RegistryProtocol.Request> registry = context.spawn(
                Registry.create(
                        new RegistryHome(pool, identity.node(), identity.name(), parts::rememberPeer),
                        parts.topology(),
                        namespace.narrow(),
                        parts.settings().features().registry()),
                Registry.NAME);
        context.watch(namespace);
        context.watch(registry);
        context.ask(
                RegistryProtocol.Reply.class,
                registry,
                RECOVERY_WAIT,
                replyTo -> new RegistryProtocol.RegisterNode(
                        identity.node(), identity.name(), parts.settings().address(), replyTo),
                (reply, failure) ->
                        recovered.message(new TopologyKeeper.ServeMetadata(namespace.narrow(), registry), failure));
    }

    /** Makes the message that says that the registry has recovered, or why it has not. */
    interface Recovered<M> {
        M message(TopologyKeeper.ServeMetadata references, @Nullable Throwable failure);
    }
}
