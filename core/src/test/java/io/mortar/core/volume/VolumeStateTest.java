package io.mortar.core.volume;

import static io.mortar.core.volume.VolumeState.CREATED;
import static io.mortar.core.volume.VolumeState.CREATING;
import static io.mortar.core.volume.VolumeState.DELETING;
import static io.mortar.core.volume.VolumeState.STARTED;
import static io.mortar.core.volume.VolumeState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VolumeStateTest {
    private static final Map<VolumeState, Set<VolumeState>> TABLE = Map.of(
            CREATING, Set.of(CREATED),
            CREATED, Set.of(STARTED, DELETING),
            STARTED, Set.of(STOPPED),
            STOPPED, Set.of(STARTED, DELETING),
            DELETING, Set.of());

    @Test
    void a_volume_goes_only_where_the_table_says() {
        for (VolumeState from : VolumeState.values()) {
            for (VolumeState to : VolumeState.values()) {
                assertThat(from.canBecome(to))
                        .as("%s -> %s", from, to)
                        .isEqualTo(TABLE.getOrDefault(from, Set.of()).contains(to));
            }
        }
    }
}
