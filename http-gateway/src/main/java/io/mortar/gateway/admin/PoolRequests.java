package io.mortar.gateway.admin;

import io.mortar.client.pool.RegistryClient;
import io.mortar.client.report.PoolReports;
import io.mortar.core.pool.NodeName;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.protocol.pool.PoolTopology;
import io.mortar.protocol.pool.RegistryProtocol;
import io.mortar.protocol.pool.TopologyView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Requests about the pool and its nodes. */
final class PoolRequests {
    private final RegistryClient registry;
    private final PoolReports reports;
    private final TopologyView topology;
    private final String version;

    PoolRequests(RegistryClient registry, PoolReports reports, TopologyView topology, String version) {
        this.registry = registry;
        this.reports = reports;
        this.topology = topology;
        this.version = version;
    }

    /** The pool as its registry knows it; as this node alone sees it while the registry is away. */
    CompletionStage<PoolJson> pool() {
        return reports.pool()
                .thenCombine(
                        reports.volumes(),
                        (pool, volumes) -> PoolJson.of(pool, volumes, selfName(topology.current()), version));
    }

    CompletionStage<List<NodeJson>> nodes() {
        return reports.pool()
                .thenApply(pool -> pool.nodes().stream()
                        .map(node -> NodeJson.of(node, pool.metadataNode()))
                        .toList());
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

    private static @Nullable String selfName(PoolTopology now) {
        return Optional.ofNullable(now.nodes().get(now.self()))
                .map(node -> node.name().value())
                .orElse(null);
    }
}
