package io.mortar.client.report;

import io.mortar.core.health.Reason;
import io.mortar.core.health.Verdict;
import java.util.List;

/**
 * All volumes, by name.
 *
 * @param reasons what is wrong with all of them
 */
public record VolumesReport(List<VolumeReport> volumes, List<Reason> reasons, Origin origin) {
    public VolumesReport {
        volumes = List.copyOf(volumes);
        reasons = List.copyOf(reasons);
    }

    public Verdict verdict() {
        Verdict worst = Verdict.of(reasons);
        for (VolumeReport volume : volumes) {
            worst = worst.orWorse(volume.verdict());
        }
        return worst;
    }
}
