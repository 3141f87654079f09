package io.mortar.node.job;

import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobFindings;
import io.mortar.core.job.JobPosition;
import io.mortar.core.namespace.FileWalk;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.Jobs;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.Usage;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.pool.BrickId;
import io.mortar.core.volume.VolumeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How far one scrub is, and what is to be made durable of it. For use by one thread. */
final class ScrubRun {
    private static final int INODES_PER_TURN = 10_000;

    private final long id;
    private final ItemResults results = new ItemResults();
    private int phase;
    private long scannedTo;
    private int brickIndex;
    private JobCounts counts;
    private JobFindings findings;
    private String lastError;
    private boolean changed;

    ScrubRun(long id, JobRow row) {
        this.id = id;
        this.phase = row.position().phase();
        this.scannedTo =
                phase == ScrubLoop.ORPHANS ? Long.MAX_VALUE : row.position().inode();
        this.brickIndex = row.position().index();
        this.counts = row.counts();
        this.findings = row.findings();
        this.lastError = row.lastError();
    }

    long id() {
        return id;
    }

    int phase() {
        return phase;
    }

    int brickIndex() {
        return brickIndex;
    }

    JobCounts counts() {
        return counts;
    }

    String lastError() {
        return lastError;
    }

    boolean isScanned() {
        return scannedTo == Long.MAX_VALUE;
    }

    boolean isChanged() {
        return changed;
    }

    /** As if every file had as many copies as the volume is to have now. */
    void measure(Rows rows, VolumeContext context) {
        if (counts.bytesTotal() < 0) {
            Usage usage = Usage.of(rows, context.volume());
            counts = counts.withTotals(
                    usage.fileCount(), usage.storedBytes() * context.spec().replicaCount());
            changed = true;
        }
    }

    /** The next file; null if there is none within reach of one look. */
    @Nullable
    ScrubVisit next(Rows rows, VolumeId volume) {
        changed = true;
        if (phase == JobPosition.RETRY) {
            return nextFailed(rows, volume);
        }
        List<FileWalk.Step> found = new ArrayList<>();
        scannedTo = FileWalk.over(rows, volume, scannedTo, INODES_PER_TURN, step -> {
            found.add(step);
            return false;
        });
        return found.isEmpty() ? null : new ScrubVisit(found.get(0));
    }

    private @Nullable ScrubVisit nextFailed(Rows rows, VolumeId volume) {
        OptionalLong inode = Jobs.nextFailed(rows, volume, id, scannedTo);
        scannedTo = inode.orElse(Long.MAX_VALUE);
        FileWalk.Step step = inode.isPresent() ? FileWalk.find(rows, volume, scannedTo) : null;
        if (inode.isPresent() && step == null) {
            results.mend(scannedTo);
        }
        return step == null ? null : new ScrubVisit(step);
    }

    void verified(long bytes) {
        counts = counts.plus(0, bytes);
        changed = true;
    }

    void found(JobFindings more) {
        findings = findings.plus(more);
        changed = true;
    }

    /** @param problem empty if the file is as it should be, or will be */
    void ended(long inode, String problem) {
        counts = counts.plus(1, 0);
        changed = true;
        if (!problem.isEmpty()) {
            results.fail(inode, problem);
        } else if (phase == JobPosition.RETRY) {
            results.mend(inode);
        }
    }

    void unreachable(BrickId brick) {
        lastError = "brick " + brick + " could not be reached all the time: not all that is on it was verified";
        changed = true;
    }

    void enter(int nextPhase) {
        phase = nextPhase;
        brickIndex = 0;
        changed = true;
    }

    void nextBrick() {
        brickIndex++;
        changed = true;
    }

    /** As of the last checkpoint. */
    long failedCount(Rows rows, VolumeId volume) {
        JobRow row = Jobs.find(rows, volume, id);
        return row == null ? 0 : row.counts().failed();
    }

    /**
     * What is to be made durable; null if nothing has changed since the last time.
     *
     * @param open files that are being verified
     */
    JobCommand.@Nullable Checkpoint checkpoint(Collection<Long> open) {
        if (!changed) {
            return null;
        }
        ItemResults.Part part = results.take();
        changed = !results.isEmpty();
        long done = open.stream().mapToLong(inode -> inode - 1).min().orElse(scannedTo);
        JobCommand.Checkpoint checkpoint = new JobCommand.Checkpoint(
                id,
                new JobPosition(phase, results.bound(Math.min(done, scannedTo)), brickIndex),
                counts,
                findings,
                List.of(),
                part.failed(),
                part.mended(),
                lastError);
        return checkpoint;
    }
}
