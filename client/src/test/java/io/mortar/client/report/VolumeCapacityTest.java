package io.mortar.client.report;

import static io.mortar.client.report.ReportFixture.online;
import static io.mortar.client.report.ReportFixture.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.protocol.pool.RegistryProtocol.VolumeStatus;
import io.mortar.protocol.pool.RegistryProtocol.VolumeUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VolumeCapacityTest {
    private static VolumeStatus limitedTo(@Nullable Long quotaBytes, long storedBytes) {
        return volume(2, 1, new VolumeUsage(1, 0, storedBytes, 0, 1, 0, quotaBytes), online(1), online(2));
    }

    private static long freeBytes(VolumeStatus volume) {
        return VolumeCapacity.of(volume).freeBytes();
    }

    @Test
    void no_more_is_free_than_the_quota_of_the_root_leaves() {
        long free = freeBytes(limitedTo(null, 1000));
        assertThat(free).isGreaterThan(500);
        assertThat(freeBytes(limitedTo(1500L, 1000))).isEqualTo(500);
        assertThat(freeBytes(limitedTo(900L, 1000))).isZero();
        assertThat(freeBytes(limitedTo(Long.MAX_VALUE, 1000))).isEqualTo(free);
    }
}
