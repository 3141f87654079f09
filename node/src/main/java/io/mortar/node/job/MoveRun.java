package io.mortar.node.job;

import io.mortar.core.job.JobCounts;
import io.mortar.core.job.JobFindings;
import io.mortar.core.job.JobPosition;
import io.mortar.core.layout.BrickRoom;
import io.mortar.core.layout.Relocation;
import io.mortar.core.layout.Relocator;
import io.mortar.core.namespace.FileWalk;
import io.mortar.core.namespace.JobCommand;
import io.mortar.core.namespace.Jobs;
import io.mortar.core.namespace.Rows;
import io.mortar.core.namespace.VolumeContext;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.volume.VolumeId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job that moves files: the walk over the files, or over those that failed before, and what is to be made durable of it. It
 * decides and counts, and asks nobody. For use by one actor.
 */
final class MoveRun {
    private final long id;
    private final JobRow row;
    private final MoveRule rule;
    private final TreeSet<Long> open = new TreeSet<>();
    private final ItemResults results = new ItemResults();
    private int phase;
    private long scannedTo;
    private int retries;
    private JobCounts counts;
    private boolean changed;
    private @Nullable Measuring measuring;
    private String lastError;

    MoveRun(long id, JobRow row, VolumeContext context) {
        this.id = id;
        this.row = row;
        this.rule = new MoveRule(row, context);
        this.phase = row.position().phase();
        this.scannedTo = row.position().inode();
        this.retries = row.position().index();
        this.counts = row.counts();
        this.lastError = row.lastError();
    }

    long id() {
        return id;
    }

    JobRow row() {
        return row;
    }

    JobCounts counts() {
        return counts;
    }

    /** Whether nothing is left to look at and nothing is on its way. */
    boolean isThrough() {
        return scannedTo == Long.MAX_VALUE && open.isEmpty();
    }

    /** Whether all files were looked at; some may be on their way. */
    boolean isScanned() {
        return scannedTo == Long.MAX_VALUE;
    }

    /** Whether there is something to be made durable. */
    boolean isChanged() {
        return changed;
    }

    boolean isBehind() {
        return results.isBehind();
    }

    /** Has a checkpoint made although nothing has changed: what the coordinator decided before it is in rows when that is answered. */
    void barrier() {
        changed = true;
    }

    /** How often failed items were tried again since the walk. */
    int retries() {
        return retries;
    }

    int openCount() {
        return open.size();
    }

    /** Goes on counting what there is to move, over at most {@code inodesMax} inodes; true when that is known, or was before. */
    boolean measure(Rows rows, VolumeContext context, int inodesMax) {
        if (counts.bytesTotal() >= 0 || phase != JobPosition.WALK) {
            return true;
        }
        Measuring current = measuring == null ? new Measuring(row, context, scannedTo) : measuring;
        measuring = current;
        if (!current.goOn(rows, context, inodesMax)) {
            return false;
        }
        measuring = null;
        counts = counts.withTotals(counts.files() + current.files, counts.bytes() + current.bytes);
        changed = true;
        return true;
    }

    /** What there is to move beyond where the walk is, as if all of it were placed at once. */
    private static final class Measuring {
        private final MoveRule rule;
        private final BrickRoom room;
        private long lookedTo;
        private long files;
        private long bytes;

        Measuring(JobRow row, VolumeContext context, long scannedTo) {
            rule = new MoveRule(row, context);
            room = new BrickRoom(context.bricks(), context.jobReserveBytes());
            lookedTo = scannedTo;
        }

        boolean goOn(Rows rows, VolumeContext context, int inodesMax) {
            lookedTo = FileWalk.over(rows, context.volume(), lookedTo, inodesMax, step -> {
                if (rule.decide(step.file(), context, room) instanceof Relocation.Move move) {
                    files++;
                    bytes += step.file().bytesToCopy(move);
                }
                return true;
            });
            return lookedTo == Long.MAX_VALUE;
        }
    }

    /**
     * Goes on for at most {@code inodesMax} inodes, until it has up to {@code limit} files to move.
     *
     * @param room is taken from
     */
    List<JobCommand.BeginRelocation> next(Rows rows, VolumeContext context, BrickRoom room, int limit, int inodesMax) {
        List<JobCommand.BeginRelocation> begins = new ArrayList<>();
        if (phase == JobPosition.WALK) {
            scannedTo = FileWalk.over(rows, context.volume(), scannedTo, inodesMax, step -> {
                look(step, context, room, begins);
                return begins.size() < limit;
            });
        } else {
            retry(rows, context, room, begins, limit);
        }
        changed = true;
        return begins;
    }

    private void retry(
            Rows rows, VolumeContext context, BrickRoom room, List<JobCommand.BeginRelocation> begins, int limit) {
        VolumeId volume = context.volume();
        while (begins.size() < limit) {
            OptionalLong inode = Jobs.nextFailed(rows, volume, id, scannedTo);
            if (inode.isEmpty()) {
                scannedTo = Long.MAX_VALUE;
                return;
            }
            scannedTo = inode.getAsLong();
            FileWalk.Step step = FileWalk.find(rows, volume, scannedTo);
            if (step == null) {
                results.mend(scannedTo);
            } else {
                look(step, context, room, begins);
            }
        }
    }

    private void look(
            FileWalk.Step step, VolumeContext context, BrickRoom room, List<JobCommand.BeginRelocation> begins) {
        Relocator.File file = step.file();
        Relocation relocation = rule.decide(file, context, room);
        if (relocation instanceof Relocation.Move move) {
            open.add(file.inode());
            begins.add(new JobCommand.BeginRelocation(
                    id, step.version(), file.striping().layout().id(), move.bricks(), move.replicaCount()));
        } else if (relocation instanceof Relocation.Stuck stuck) {
            fail(file.inode(), stuck.refusal().text());
        } else if (phase == JobPosition.RETRY) {
            results.mend(file.inode());
        }
    }

    /** The file is where it should be, or gone. */
    void done(long inode, long bytes) {
        if (open.remove(inode)) {
            counts = counts.plus(1, bytes);
            if (phase == JobPosition.RETRY) {
                results.mend(inode);
            }
            changed = true;
        }
    }

    /** The file is gone or elsewhere. */
    void skipped(long inode) {
        if (open.remove(inode)) {
            if (phase == JobPosition.RETRY) {
                results.mend(inode);
            }
            changed = true;
        }
    }

    void failed(long inode, String why) {
        if (open.remove(inode)) {
            fail(inode, why);
        }
    }

    private void fail(long inode, String why) {
        lastError = why;
        results.fail(inode, why);
        changed = true;
    }

    /** The end of the walk found that it has to be done {@code again}, or only its failed items. */
    void again(int nextPhase, String why) {
        phase = nextPhase;
        scannedTo = 0;
        retries = nextPhase == JobPosition.RETRY ? retries + 1 : 0;
        lastError = why;
        changed = true;
    }

    /** What is to be made durable; null if nothing has changed since the last time. */
    JobCommand.@Nullable Checkpoint checkpoint() {
        if (!changed) {
            return null;
        }
        ItemResults.Part part = results.take();
        changed = !results.isEmpty();
        long done = open.isEmpty() ? scannedTo : Math.min(scannedTo, open.first() - 1);
        JobCommand.Checkpoint checkpoint = new JobCommand.Checkpoint(
                id,
                new JobPosition(phase, results.bound(done), retries),
                counts,
                JobFindings.NONE,
                rule.surpluses(),
                part.failed(),
                part.mended(),
                lastError);
        return checkpoint;
    }
}
