package io.mortar.gateway.admin;

import io.mortar.client.report.PoolReport;
import io.mortar.client.report.VolumeReport;
import io.mortar.client.report.VolumesReport;
import io.mortar.core.health.Reason;
import io.mortar.core.health.Verdict;
import io.mortar.core.pool.NodeName;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pool, as {@code docs/api.md} describes it. */
record PoolJson(
        String verdict,
        List<ReasonJson> reasons,
        boolean partial,
        @Nullable String asOf,
        @Nullable String pool,
        @Nullable String node,
        String version,
        MetadataJson metadata,
        List<NodeJson> nodes,
        List<VolumeSummaryJson> volumes) {
    record MetadataJson(@Nullable String node, boolean reachable) {}

    /** The verdict on a volume, without the volume. */
    record VolumeSummaryJson(String name, String state, String verdict, List<ReasonJson> reasons) {
        static VolumeSummaryJson of(VolumeReport volume) {
            return new VolumeSummaryJson(
                    volume.status().name().value(),
                    volume.status().state().name(),
                    volume.verdict().name(),
                    ReasonJson.of(volume.reasons()));
        }
    }

    static PoolJson of(PoolReport pool, VolumesReport volumes, @Nullable String self, String version) {
        Verdict verdict = pool.verdict().orWorse(volumes.verdict());
        NodeName metadataNode = pool.metadataNode();
        boolean partial = pool.origin().partial() || volumes.origin().partial();
        return new PoolJson(
                verdict.name(),
                ReasonJson.of(pool.origin().partial() ? pool.reasons() : both(pool, volumes)),
                partial,
                OriginJson.asOf(pool.origin().partial() ? pool.origin() : volumes.origin()),
                pool.pool() == null ? null : pool.pool().toString(),
                self,
                version,
                new MetadataJson(
                        metadataNode == null ? null : metadataNode.value(),
                        !pool.origin().partial()),
                pool.nodes().stream()
                        .map(node -> NodeJson.of(node, metadataNode))
                        .toList(),
                volumes.volumes().stream().map(VolumeSummaryJson::of).toList());
    }

    private static List<Reason> both(PoolReport pool, VolumesReport volumes) {
        return Stream.concat(volumes.reasons().stream(), pool.reasons().stream())
                .toList();
    }
}
