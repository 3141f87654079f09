package io.mortar.core.job;

import io.mortar.core.pool.BrickId;
import io.mortar.core.pool.BrickLocation;
import io.mortar.core.pool.NodeName;
import java.util.List;

/**
 * What a change of a volume would take and lead to.
 *
 * @param filesToMove of which at least one copy is made
 * @param bytesToMove to be copied between bricks
 * @param stuckFiles that find no place; the change is feasible only if there are none
 * @param stuckBytes sum of their sizes
 * @param stuckReason why the first of them finds none; empty if there are none
 * @param scannedFiles all files with chunks
 * @param bricks after the change, and for added ones after a rebalance too
 * @param machines likewise
 * @param rebalanceFiles that a rebalance would move after bricks were added, which by itself moves nothing; 0 for all else
 * @param rebalanceBytes likewise
 * @param pace of the job that would carry it out
 */
public record ChangePlan(
        long filesToMove,
        long bytesToMove,
        long stuckFiles,
        long stuckBytes,
        String stuckReason,
        long scannedFiles,
        List<Brick> bricks,
        List<Machine> machines,
        long rebalanceFiles,
        long rebalanceBytes,
        JobPace pace) {
    public ChangePlan {
        bricks = List.copyOf(bricks);
        machines = List.copyOf(machines);
    }

    public boolean isFeasible() {
        return stuckFiles == 0;
    }

    /** How long the job would copy, if it were not held up; -1 if there is nothing to go by. */
    public long estimatedSeconds() {
        return pace.secondsFor(bytesToMove);
    }

    /** How full a brick is now and would be; all 0 after for one that leaves, and before for one that comes. */
    public record Brick(
            BrickId id,
            BrickLocation location,
            long usedBytesBefore,
            long freeBytesBefore,
            long usedBytesAfter,
            long freeBytesAfter) {}

    /** What would be lost if the machine were lost for good now, and after the change. */
    public record Machine(
            NodeName node, long lostFilesBefore, long lostBytesBefore, long lostFilesAfter, long lostBytesAfter) {}
}
