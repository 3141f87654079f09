package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.namespace.row.CountersRow;
import io.mortar.core.namespace.row.DeletionRow;
import io.mortar.core.namespace.row.DentryRow;
import io.mortar.core.namespace.row.DetachedRow;
import io.mortar.core.namespace.row.DirectoryInode;
import io.mortar.core.namespace.row.FileInode;
import io.mortar.core.namespace.row.JobFailureRow;
import io.mortar.core.namespace.row.JobRow;
import io.mortar.core.namespace.row.LayoutRow;
import io.mortar.core.namespace.row.LeaseRow;
import io.mortar.core.namespace.row.MissingRow;
import io.mortar.core.namespace.row.Placement;
import io.mortar.core.namespace.row.QuotaRow;
import io.mortar.core.namespace.row.RelocationRow;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The changes of one decision while it is made: rows, deletions and counters always change together here. */
final class Draft {
    private final VolumeContext context;
    private final RowOverlay rows;
    private final NamespaceReader reader;
    private final @Nullable CountersRow countersBefore;
    private CountersRow counters;

    Draft(VolumeContext context, Rows base) {
        this.context = context;
        rows = new RowOverlay(base);
        reader = new NamespaceReader(context.volume(), rows);
        countersBefore = reader.counters();
        counters = Objects.requireNonNullElseGet(countersBefore, () -> CountersRow.first(context.nowMillis()));
    }

    static Decision refuse(RefusalCode code, String text) {
        return refuse(new Refusal(code, text));
    }

    static Decision refuse(Refusal refusal) {
        return new Decision(List.of(), new Outcome.Refused(refusal));
    }

    VolumeContext context() {
        return context;
    }

    VolumeId volume() {
        return context.volume();
    }

    /** The rows with the changes so far. */
    NamespaceReader reader() {
        return reader;
    }

    CountersRow counters() {
        return counters;
    }

    /** The decision with all changes so far. */
    Decision accept(Outcome outcome) {
        return new Decision(done(), outcome);
    }

    /** All changes so far. */
    List<RowChange> done() {
        if (!counters.equals(countersBefore)
                && (countersBefore != null || !rows.changes().isEmpty())) {
            put(RowKeys.counters(volume()), counters.encode());
        }
        return rows.changes();
    }

    /** A number that was never used in this volume. */
    long takeNumber() {
        long number = counters.nextNumber();
        counters = counters.afterNumber();
        return number;
    }

    /** Randomness for what got {@code number}. The factor keeps the streams of neighbouring numbers apart. */
    SplittableRandom random(long number) {
        return new SplittableRandom(context.seed() ^ (number * 0xD1342543DE82EF95L));
    }

    /** Makes the missing directories above {@code place}'s target and returns its parent. */
    long makeParents(Place place) {
        long parent = place.lowestDirectory();
        for (String name : place.missingParents()) {
            parent = makeDirectory(parent, name);
        }
        return parent;
    }

    long makeDirectory(long parent, String name) {
        long inode = takeNumber();
        long now = context.nowMillis();
        put(RowKeys.inode(volume(), inode), new DirectoryInode(parent, now, name).encode());
        putDentry(parent, name, DentryRow.ofDirectory(inode, now));
        counters = counters.plusDirectories(1);
        return inode;
    }

    void putFile(String name, long inode, FileInode file) {
        put(RowKeys.inode(volume(), inode), file.encode());
        putDentry(file.parent(), name, DentryRow.ofFile(inode, file));
        counters = counters.plusFiles(1, file.sizeBytes());
    }

    /** Removes a file except for its dentry, and queues its chunks. */
    void dropFile(long inode) {
        FileInode file = reader.file(inode);
        Placement placement = file.placement();
        if (placement != null) {
            queueDeletion(
                    new FileVersion(volume(), inode, file.generation()),
                    placement,
                    context.nowMillis() + context.purgeDelayMillis());
            deleteAllMissing(inode, placement);
            endRelocation(inode, file.generation(), placement);
        }
        delete(RowKeys.inode(volume(), inode));
        counters = counters.plusFiles(-1, -file.sizeBytes());
    }

    /** Removes a directory without entries except for its dentry. */
    void dropDirectory(long inode) {
        delete(RowKeys.inode(volume(), inode));
        counters = counters.plusDirectories(-1);
        deleteQuota(inode);
    }

    /** Has a directory taken apart that nobody can find any more; {@code charged} count what is below it until then. */
    void detach(long inode, List<DetachedRow.Charged> charged) {
        putDetached(inode, new DetachedRow("", charged));
    }

    void putDetached(long inode, DetachedRow row) {
        put(RowKeys.detached(volume(), inode), row.encode());
    }

    void putQuota(long directory, QuotaRow row) {
        counters = counters.plusQuotas(reader.quota(directory) == null ? 1 : 0);
        put(RowKeys.quota(volume(), directory), row.encode());
    }

    /** Of a directory that may have none. */
    void deleteQuota(long directory) {
        if (counters.quotaCount() > 0 && reader.quota(directory) != null) {
            delete(RowKeys.quota(volume(), directory));
            counters = counters.plusQuotas(-1);
        }
    }

    void deleteDetached(long inode) {
        delete(RowKeys.detached(volume(), inode));
    }

    void putDentry(long parent, String name, DentryRow dentry) {
        put(RowKeys.dentry(volume(), parent, name), dentry.encode());
    }

    void deleteDentry(long parent, String name) {
        delete(RowKeys.dentry(volume(), parent, name));
    }

    /** Moves what {@code inode} stands for under another parent or name, except for its dentries. */
    void moveInode(long inode, long parent, String name) {
        put(
                RowKeys.inode(volume(), inode),
                reader.inode(inode).movedTo(parent, name).encode());
    }

    void openLease(FileVersion version, LeaseRow lease) {
        put(RowKeys.lease(version), lease.encode());
        counters = counters.plusLeases(1);
    }

    void closeLease(FileVersion version) {
        delete(RowKeys.lease(version));
        counters = counters.plusLeases(-1);
    }

    /** Has copies deleted that {@code row} does not keep. */
    void queueDropping(long inode, DeletionRow row, long dueMillis) {
        if (row.inode() != inode || row.keptLayout() == 0) {
            throw new AssertionError("copies of inode " + inode + " are not dropped by " + row);
        }
        put(RowKeys.deletion(volume(), dueMillis, takeNumber()), row.encode());
    }

    void queueDeletion(FileVersion version, Placement placement, long dueMillis) {
        put(
                RowKeys.deletion(volume(), dueMillis, takeNumber()),
                new DeletionRow(version.inode(), version.generation(), placement.layout()).encode());
    }

    /** Takes note of what {@code brick} lacks of the file {@code inode}, whose bricks are those of {@code layout}. */
    void putMissing(BrickId brick, long inode, Layout layout, MissingRow row) {
        if (!isReduced(inode, layout)) {
            counters = counters.plusReducedFiles(1);
        }
        put(RowKeys.missing(volume(), brick, inode), row.encode());
    }

    /** The brick lacks nothing of the file any more. */
    void deleteMissing(BrickId brick, long inode, Layout layout) {
        boolean wasReduced = isReduced(inode, layout);
        delete(RowKeys.missing(volume(), brick, inode));
        if (wasReduced && !isReduced(inode, layout)) {
            counters = counters.plusReducedFiles(-1);
        }
    }

    /** Costs nothing in a volume that lacks no copies. */
    private void deleteAllMissing(long inode, Placement placement) {
        if (counters.reducedFileCount() == 0) {
            return;
        }
        Layout layout = reader.layout(placement.layout());
        for (BrickId brick : layout.bricks()) {
            if (reader.missing(brick, inode) != null) {
                deleteMissing(brick, inode, layout);
            }
        }
    }

    private boolean isReduced(long inode, Layout layout) {
        return counters.reducedFileCount() > 0
                && layout.bricks().stream().anyMatch(brick -> reader.missing(brick, inode) != null);
    }

    /** What a relocation of a dead content had copied already is dead, too. */
    private void endRelocation(long inode, long generation, Placement placement) {
        RelocationRow relocation = reader.relocation(inode);
        if (relocation != null) {
            delete(RowKeys.relocation(volume(), inode));
            queueDeletion(
                    new FileVersion(volume(), inode, generation),
                    new Placement(relocation.to(), placement.seed(), placement.stripeUnitBytes()),
                    context.nowMillis() + context.purgeDelayMillis());
        }
    }

    void putRelocation(long inode, RelocationRow row) {
        put(RowKeys.relocation(volume(), inode), row.encode());
    }

    void deleteRelocation(long inode) {
        delete(RowKeys.relocation(volume(), inode));
    }

    /** Gives a file another layout. What bricks lack that are not in it is of no interest any more. */
    void moveFile(long inode, FileInode file, Layout from, Layout to) {
        boolean wasReduced = isReduced(inode, from);
        if (wasReduced) {
            from.bricks().stream()
                    .filter(brick -> !to.bricks().contains(brick))
                    .forEach(brick -> delete(RowKeys.missing(volume(), brick, inode)));
            if (!isReduced(inode, to)) {
                counters = counters.plusReducedFiles(-1);
            }
        }
        put(RowKeys.inode(volume(), inode), file.on(to.id()).encode());
    }

    void putJob(long id, JobRow row) {
        put(RowKeys.job(volume(), id), row.encode());
    }

    /** With its failed items. */
    void deleteJob(long id) {
        delete(RowKeys.job(volume(), id));
        byte[] end = RowKeys.jobFailure(volume(), id, Long.MAX_VALUE);
        List<byte[]> keys = new ArrayList<>();
        try (RowCursor cursor = rows.scan(RowKeys.jobFailure(volume(), id, 0), end)) {
            while (cursor.next()) {
                keys.add(cursor.key());
            }
        }
        keys.forEach(this::delete);
    }

    boolean hasJobFailure(long job, long inode) {
        return rows.get(RowKeys.jobFailure(volume(), job, inode)) != null;
    }

    /** Returns how many more there are. */
    int putJobFailure(long job, long inode, JobFailureRow row) {
        int more = hasJobFailure(job, inode) ? 0 : 1;
        put(RowKeys.jobFailure(volume(), job, inode), row.encode());
        return more;
    }

    /** Returns how many fewer there are. */
    int deleteJobFailure(long job, long inode) {
        int fewer = hasJobFailure(job, inode) ? 1 : 0;
        delete(RowKeys.jobFailure(volume(), job, inode));
        return fewer;
    }

    void addLayout(Layout layout) {
        put(RowKeys.layout(volume(), layout.id()), LayoutRow.encode(layout));
        put(RowKeys.layoutIndex(volume(), layout.bricks(), layout.replicaCount()), LayoutRow.encodeIndex(layout.id()));
        layout.bricks()
                .forEach(
                        brick -> put(RowKeys.brickLayout(volume(), brick, layout.id()), LayoutRow.encodeBrickLayout()));
        counters = counters.afterLayout();
    }

    private void put(byte[] key, byte[] value) {
        rows.apply(new RowChange(key, value));
    }

    private void delete(byte[] key) {
        rows.apply(new RowChange(key, null));
    }
}
