package io.mortar.gateway.admin;

import io.mortar.client.report.VolumesReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All volumes, as {@code docs/api.md} describes them. */
record VolumesJson(
        String verdict,
        List<ReasonJson> reasons,
        boolean partial,
        @Nullable String asOf,
        List<VolumeJson> volumes) {
    static VolumesJson of(VolumesReport report) {
        return new VolumesJson(
                report.verdict().name(),
                ReasonJson.of(report.reasons()),
                report.origin().partial(),
                OriginJson.asOf(report.origin()),
                report.volumes().stream().map(VolumeJson::of).toList());
    }
}
