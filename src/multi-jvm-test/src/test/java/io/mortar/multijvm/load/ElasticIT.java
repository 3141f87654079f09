package io.mortar.multijvm.load;

import io.mortar.multijvm.pool.PoolExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every change of bricks once, and the commands about jobs. The longer runs are in {@link ElasticFaultsIT}. */
class ElasticIT {
    private static final int WARM = 200;
    /** No promise, only a bound on a busy machine. */
    private static final Duration STALL_MAX = Duration.ofMinutes(2);

    @RegisterExtension
    final PoolExtension pool = Elasticity.configured(PoolExtension.ofNodes(4), 8);

    @Test
    void bricks_are_added_evened_out_drained_and_replaced_under_load_while_nodes_are_killed() throws Exception {
        List<String> first = pool.bricks(1);
        List<String> second = pool.bricks(2);
        try (LoadedPool loaded = LoadedPool.begin(pool, first)) {
            ChangingVolume volume = loaded.volume();
            Elasticity steps = new Elasticity(loaded);
            loaded.awaitAnswers(WARM);

            VolumeUser user = new VolumeUser(pool, LoadedPool.VOLUME);
            user.plan(first, second.get(0), second.get(1));
            user.steerHealing();
            volume.addBricks(second.get(0), second.get(1));
            steps.awaitDone(user.rebalance());

            volume.removeBrick(first.get(2));
            long drain = steps.awaitHalfWay("drain");
            steps.killAndStart(volume.leader());
            steps.awaitDetached(first.get(2));
            steps.awaitDone(drain);

            volume.replaceBrick(first.get(3), second.get(2));
            long replacement = steps.awaitHalfWay("drain");
            steps.killAndStart(volume.nodeOf(second.get(2)));
            steps.awaitDetached(first.get(3));
            steps.awaitDone(replacement);

            steps.awaitWell(List.of(first.get(0), first.get(1), second.get(0), second.get(1), second.get(2)));
            loaded.assertNothingLost("elastic", STALL_MAX);
        }
    }
}
