package io.mortar.multijvm.load;

import io.mortar.cli.drill.fault.KillFault;
import io.mortar.cli.drill.fault.PauseFault;
import io.mortar.multijvm.pool.PoolExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each fault once. The longer runs, which also measure, are in {@link MixedLoadFaultsIT}. */
class MixedLoadIT {
    private static final int WARM = 200;
    private static final int CHUNKS = 20;
    /** No promise, only a bound on a busy machine: see {@link MixedLoadFaultsIT} for the promise. */
    private static final Duration STALL_MAX = Duration.ofMinutes(2);

    @RegisterExtension
    final PoolExtension pool =
            PoolExtension.ofNodes(4).configured("mortar.coordinator.heal { interval = 500ms, interval-max = 2s }");

    @Test
    void no_acknowledged_byte_is_lost_when_nodes_are_killed_and_frozen_and_chunks_damaged() throws Exception {
        try (LoadedPool loaded = LoadedPool.begin(pool, pool.bricks(1))) {
            loaded.awaitAnswers(WARM);
            loaded.hurtOnce(new KillFault(loaded.victims()), 0);
            loaded.awaitAnswers(WARM);
            loaded.hurtOnce(loaded.corruption(CHUNKS), 1);
            loaded.hurtOnce(new PauseFault(loaded.victims(), Duration.ofSeconds(8)), 2);
            loaded.awaitAnswers(WARM);
            loaded.assertNothingLost("short", STALL_MAX);
        }
    }
}
