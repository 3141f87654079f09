package io.mortar.gateway.admin;

import io.mortar.client.pool.RegistryClient;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.admin.PoolJson.MetadataJson;
import io.mortar.gateway.problem.Failures;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.RegistryProtocol.PoolDescribed;
import io.mortar.protocol.pool.TopologyView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Requests about the pool and its nodes. */
final class PoolRequests {
    private final RegistryClient registry;
    private final TopologyView topology;
    private final String version;

    PoolRequests(RegistryClient registry, TopologyView topology, String version) {
        this.registry = registry;
        this.topology = topology;
        this.version = version;
    }

    /** The pool as its registry knows it; as this node alone has seen it while the registry is away. */
    CompletionStage<PoolJson> pool() {
        return registry.ask(PoolDescribed.class, RegistryProtocol.DescribePool::new)
                .thenApply(this::described)
                .exceptionallyCompose(failure -> {
                    Throwable cause = Failures.cause(failure);
                    return cause instanceof RefusedException refused
                                    && isAway(refused.refusal().code())
                            ? CompletableFuture.completedStage(seen())
                            : CompletableFuture.failedStage(cause);
                });
    }

    CompletionStage<RegistryProtocol.NodeForgotten> forget(String name) {
        if (!NodeName.isValid(name)) {
            throw new RefusedException(
                    RefusalCode.NODE_NOT_FOUND, "there is no node '" + name + "': see 'mortar pool list'");
        }
        return registry.ask(
                RegistryProtocol.NodeForgotten.class,
                replyTo -> new RegistryProtocol.ForgetNode(new NodeName(name), replyTo));
    }

    private static boolean isAway(RefusalCode code) {
        return code == RefusalCode.METADATA_UNAVAILABLE || code == RefusalCode.TIMED_OUT;
    }

    private PoolJson described(PoolDescribed pool) {
        List<NodeJson> nodes = pool.nodes().stream()
                .map(node -> new NodeJson(
                        node.id().toString(),
                        node.name().value(),
                        node.address(),
                        node.httpUrl(),
                        node.reachable(),
                        node.name().equals(pool.metadataNode()),
                        node.brickCount()))
                .sorted(Comparator.comparing(NodeJson::name))
                .toList();
        return new PoolJson(
                pool.pool().toString(),
                selfName(topology.current()),
                version,
                new MetadataJson(pool.metadataNode().value(), true),
                nodes);
    }

    private PoolJson seen() {
        PoolTopology now = topology.current();
        List<NodeJson> nodes = now.nodes().values().stream()
                .map(node -> new NodeJson(
                        node.id().toString(),
                        node.name().value(),
                        node.address(),
                        node.httpUrl(),
                        node.reachable(),
                        node.name().equals(now.metadataNode()),
                        (int) now.bricks().values().stream()
                                .filter(brick -> brick.node().equals(node.id()))
                                .count()))
                .sorted(Comparator.comparing(NodeJson::name))
                .toList();
        String metadataNode =
                now.metadataNode() == null ? null : now.metadataNode().value();
        String pool = now.pool() == null ? null : now.pool().toString();
        return new PoolJson(pool, selfName(now), version, new MetadataJson(metadataNode, false), nodes);
    }

    private static @Nullable String selfName(PoolTopology now) {
        return Optional.ofNullable(now.nodes().get(now.self()))
                .map(node -> node.name().value())
                .orElse(null);
    }
}
