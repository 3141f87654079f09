package io.mortar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.client.report.Origin;
import io.mortar.client.report.VolumeReport;
import io.mortar.core.volume.VolumeId;
import io.mortar.core.volume.VolumeName;
import io.mortar.core.volume.VolumeSpec;
import io.mortar.core.volume.VolumeState;
import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeJsonTest {
    @Test
    void counts_that_are_not_known_are_left_out_instead_of_shown_as_numbers() {
        assertThat(VolumeJson.of(volume(VolumeUsage.UNKNOWN)).usage()).isNull();
        assertThat(VolumeJson.of(volume(new VolumeUsage(3, 2, 1, 0, 2))).usage())
                .isEqualTo(new VolumeJson.UsageJson(3, 2, 1, 0));
    }

    private static VolumeReport volume(VolumeUsage usage) {
        VolumeStatus status = new VolumeStatus(
                new VolumeId(1),
                new VolumeName("bt-vol"),
                new VolumeSpec(1, 1, 65536),
                VolumeState.STARTED,
                0,
                usage,
                List.of());
        return new VolumeReport(status, List.of(), new Origin(false, null));
    }
}
