package io.mortar.client.report;

import io.mortar.core.health.Reason;
import io.mortar.core.health.Verdict;
import io.mortar.core.pool.NodeName;
import io.mortar.core.pool.PoolId;
import io.mortar.protocol.pool.RegistryProtocol.NodeStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pool and its nodes, by name.
 *
 * @param pool null while the asked node is in none
 * @param metadataNode who leads the metadata, or did last; null while that is not known
 * @param reasons what is wrong with the pool itself; volumes have their own
 */
public record PoolReport(
        @Nullable PoolId pool,
        @Nullable NodeName metadataNode,
        List<NodeStatus> nodes,
        List<Reason> reasons,
        Origin origin) {
    public PoolReport {
        nodes = List.copyOf(nodes);
        reasons = List.copyOf(reasons);
    }

    public Verdict verdict() {
        return Verdict.of(reasons);
    }
}
