package io.mortar.multijvm.metadata;

import io.mortar.multijvm.pool.Await;
import io.mortar.multijvm.pool.NodeProcess;
import io.mortar.multijvm.pool.PoolExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The leader stands still, as a machine does whose neighbours take its processor, and comes back believing that it leads. */
class LeaderPauseIT {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int CHANGES = 60;

    @RegisterExtension
    final PoolExtension pool = PoolExtension.ofNodes(3);

    @Test
    void a_leader_that_was_away_for_ten_seconds_serves_nothing_stale() throws Exception {
        Quorum quorum = Quorum.withVolume(pool, 3);
        try (HistoryRecorder clients = new HistoryRecorder(Quorum.VOLUME, pool.nodes())) {
            clients.awaitChanges(CHANGES);
            NodeProcess leader = quorum.leader();
            long end = System.nanoTime() + PAUSE.toNanos();
            leader.pause();
            clients.awaitChanges(CHANGES);
            Await.until("the pause is over", PAUSE.multipliedBy(2), () -> System.nanoTime() > end);
            leader.resume();
            clients.awaitChanges(CHANGES);
            clients.assertLinearizable();
        }
    }
}
