package io.mortar.node.job;

import akka.actor.typed.Behavior;
import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobKind;
import io.mortar.core.namespace.RelocationPlan;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.node.copying.ChunkCopy;
import io.mortar.node.copying.CopyResult;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the jobs of one volume that move files, the most urgent one at a time. What is to be done follows from the volume ({@link
 * JobWishes}) or was started by a user; how far it is stands in rows. So nothing is lost when this node stops: the next one that leads goes on
 * with the files that were under way, then with the walk. {@link JobLoop} decides.
 */
public final class JobEngine {
    private static final Logger LOG = LoggerFactory.getLogger(JobEngine.class);
    private static final Duration BUSY_REST_MIN = Duration.ofMillis(20);
    private static final Duration BUSY_REST_MAX = Duration.ofMillis(160);
    /** What brick and sources are busy for so long with fails, and is tried again with what else failed. */
    private static final Duration BUSY_MAX = Duration.ofMinutes(5);

    private JobEngine() {}

    /** To be spawned when the coordinator has recovered, on a dispatcher for blocking work. */
    public static Behavior<JobActor.Command> create(CopyHome home) {
        return JobActor.<JobLoop>create(
                home, actor -> new JobLoop(home, new Hands(actor, home), JobLoop.INODES_PER_TURN));
    }

    private static final class Hands extends JobActor.Hands<JobLoop> implements JobLoop.Effects {
        private final CopyHome home;

        Hands(JobActor<JobLoop> actor, CopyHome home) {
            super(actor, home);
            this.home = home;
        }

        @Override
        public void copy(RelocationPlan.Copy copy, long order) {
            copy(copy, order, BUSY_REST_MIN, nanoTime());
        }

        /** @param rest before it is tried again if bricks are busy; longer each time */
        private void copy(RelocationPlan.Copy copy, long order, Duration rest, long sinceNanos) {
            ChunkCopy wanted = new ChunkCopy(copy.chunk(), copy.sizeBytes(), copy.target(), copy.sources(), order);
            actor().whenDone(home.copy(wanted), result -> {
                boolean isBusy = result instanceof CopyResult.Busy;
                if (isBusy && nanoTime() - sinceNanos < BUSY_MAX.toNanos()) {
                    Duration longer = rest.compareTo(BUSY_REST_MAX) < 0 ? rest.multipliedBy(2) : rest;
                    actor().after(rest, () -> copy(copy, order, longer, sinceNanos));
                } else {
                    copied(copy, isBusy ? busyForLong(copy) : result);
                }
            });
        }

        private static CopyResult busyForLong(RelocationPlan.Copy copy) {
            return new CopyResult.BrickFailed(new Refusal(
                    RefusalCode.OVERLOADED,
                    "brick " + copy.target() + " took no copy of chunk " + copy.chunk() + " for " + BUSY_MAX.toMinutes()
                            + " minutes, or none of its sources gave it: look whether their disks hang"));
        }

        private void copied(RelocationPlan.Copy copy, @Nullable CopyResult result) {
            loop().copied(copy, Objects.requireNonNull(result, "copying never fails"));
        }

        @Override
        public void begun(long job, JobKind kind, JobCounts counts) {
            LOG.info(
                    "volume={} job={} kind={} files={} bytes={} begun",
                    home.context().volume(),
                    job,
                    kind,
                    counts.filesTotal(),
                    counts.bytesTotal());
        }
    }
}
