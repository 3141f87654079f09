package io.mortar.multijvm.load;

import io.mortar.multijvm.pool.PoolExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a volume promises while it becomes another one: as {@link MixedLoadFaultsIT}, at every step. */
class ElasticFaultsIT {
    private static final int WARM = 1000;
    private static final int KILLS = 3;
    private static final Duration STALL_MAX = Duration.ofSeconds(10);

    @RegisterExtension
    final PoolExtension pool = Elasticity.configured(PoolExtension.ofNodes(4), 2)
            .configured("mortar.coordinator.jobs.retry-interval = 5s");

    @Test
    void every_change_of_a_volume_survives_several_kills_at_random_moments() throws Exception {
        List<String> first = pool.bricks(1);
        List<String> second = pool.bricks(2);
        try (LoadedPool loaded = LoadedPool.begin(pool, first)) {
            ChangingVolume volume = loaded.volume();
            Elasticity steps = new Elasticity(loaded);
            loaded.awaitAnswers(WARM);

            volume.addBricks(second.get(0), second.get(1));
            volume.rebalance();
            steps.awaitDone(steps.disturb("rebalance", KILLS));

            volume.removeBrick(first.get(2));
            steps.awaitHalfWay("drain");
            volume.keepBrick(first.get(2));
            steps.awaitNone("drain");
            volume.removeBrick(first.get(2));
            steps.disturb("drain", KILLS);
            steps.awaitDetached(first.get(2));

            volume.replaceBrick(first.get(3), second.get(2));
            steps.disturb("drain", KILLS);
            steps.awaitDetached(first.get(3));

            volume.setReplica(3);
            steps.awaitDone(steps.disturb("reshape", KILLS));
            volume.setReplica(2);
            steps.awaitDone(steps.disturb("reshape", KILLS));

            steps.awaitWell(List.of(first.get(0), first.get(1), second.get(0), second.get(1), second.get(2)));
            loaded.assertNothingLost("elastic-kills", STALL_MAX);
        }
    }
}
