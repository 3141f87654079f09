package io.mortar.node.metadata;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.mortar.core.pool.PoolId;
import io.mortar.journal.local.LocalStore;
import io.mortar.node.coordinator.NamespaceRouter;
import io.mortar.node.coordinator.Surroundings;
import io.mortar.node.identity.NodeIdentity;
import io.mortar.node.registry.RegistryGuardian;
import io.mortar.node.registry.RegistryHome;
import io.mortar.node.registry.RegistrySurroundings;
import io.mortar.protocol.namespace.NamespaceProtocol;
import io.mortar.protocol.pool.Announcement;
import io.mortar.protocol.pool.RegistryProtocol;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** The actors that serve the pool's metadata during one leadership: the registry and, told by it which volumes there are, the namespace. */
final class MetadataActors {
    final long term;
    final ActorRef<NamespaceProtocol.Request> namespace;
    final ActorRef<RegistryProtocol.Request> registry;
    private final ActorRef<Object> router;
    private final ActorRef<Object> guardian;
    private final Set<ActorRef<?>> alive = new HashSet<>();
    private boolean stopping;

    private MetadataActors(long term, ActorRef<Object> router, ActorRef<Object> guardian) {
        this.term = term;
        this.namespace = router.narrow();
        this.registry = guardian.narrow();
        this.router = router;
        this.guardian = guardian;
        alive.add(router);
        alive.add(guardian);
    }

    /** Starts them as watched children of {@code context}. */
    static MetadataActors spawn(ActorContext<?> context, MetadataParts parts, long term) {
        NodeIdentity identity = parts.identity().get();
        PoolId pool = Objects.requireNonNull(identity.pool(), "a node that leads has a pool");
        Surroundings surroundings = new Surroundings(
                parts.seat().namespace(term),
                LocalStore.get(context.getSystem()).space(),
                parts.topology(),
                parts.coordinator(),
                Clock.systemUTC(),
                new SecureRandom(),
                parts.fault());
        ActorRef<Object> namespace = context.spawn(NamespaceRouter.create(surroundings), "namespace-" + term);
        ActorRef<Object> registry = context.spawn(
                RegistryGuardian.create(
                        new RegistryHome(
                                pool,
                                identity.node(),
                                identity.name(),
                                parts.seat().registryEvents(pool),
                                peer -> parts.identity().rememberPeer(peer, parts.address())),
                        RegistrySurroundings.of(surroundings),
                        namespace.narrow(),
                        parts.registry()),
                "registry-" + term);
        context.watch(namespace);
        context.watch(registry);
        return new MetadataActors(term, namespace, registry);
    }

    /** What other nodes are told. */
    Announcement.Metadata announced() {
        return new Announcement.Metadata(term, namespace, registry);
    }

    /** They tell everybody who waits that the leader moved, and stop. */
    void stop() {
        stopping = true;
        router.tell(NamespaceRouter.Stop.NOW);
        guardian.tell(RegistryGuardian.Stop.NOW);
    }

    boolean isStopping() {
        return stopping;
    }

    /** Whether none is left. */
    boolean terminated(ActorRef<?> actor) {
        alive.removeIf(each -> each.path().equals(actor.path()));
        return alive.isEmpty();
    }
}
