package io.mortar.client.report;

import io.mortar.core.health.Reason;
import io.mortar.core.health.Verdict;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import java.util.List;

/** A volume and what is wrong with it. */
public record VolumeReport(VolumeStatus status, List<Reason> reasons, Origin origin) {
    public VolumeReport {
        reasons = List.copyOf(reasons);
    }

    public VolumeCapacity capacity() {
        return VolumeCapacity.of(status);
    }

    public Verdict verdict() {
        return Verdict.of(reasons);
    }
}
