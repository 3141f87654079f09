package io.mortar.core.namespace;

import io.mortar.core.layout.BrickState;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.row.DeletionRow;
import io.mortar.core.namespace.row.FileInode;
import io.mortar.core.namespace.row.Placement;
import io.mortar.core.namespace.row.RelocationRow;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Files on their way from one layout to another. A row says that copying has begun, so that whoever leads next goes on with it; one batch
 * gives the file its new layout and has the old copies dropped later, when nobody reads them any more. A file is on one way at a time.
 *
 * <p>Each relocation and each dropping of copies has a number of the volume's one sequence, which the bricks are told. So a message of an
 * earlier one that arrives late never takes away what a later one has brought.
 */
public final class Relocations {
    private Relocations() {}

    /** All that have begun and not ended. There are as many as are copied at once. */
    public static List<RelocationPlan> underWay(Rows rows, VolumeId volume) {
        NamespaceReader reader = new NamespaceReader(volume, rows);
        List<RelocationPlan> plans = new ArrayList<>();
        try (RowCursor cursor =
                rows.scan(RowKeys.first(Table.RELOCATION, volume), RowKeys.end(Table.RELOCATION, volume))) {
            while (cursor.next()) {
                plans.add(plan(reader, RowKeys.inodeOf(cursor.key()), RelocationRow.decode(cursor.value())));
            }
        }
        return plans;
    }

    static JobDecision begin(Draft draft, JobCommand.BeginRelocation command) {
        NamespaceReader reader = draft.reader();
        long inode = command.version().inode();
        FileInode file = reader.fileOrNull(inode);
        Placement placement = file == null ? null : file.placement();
        if (file == null
                || placement == null
                || file.generation() != command.version().generation()
                || placement.layout() != command.fromLayout()) {
            return refuse(
                    inode,
                    RefusalCode.NOT_FOUND,
                    "version " + command.version() + " is not on layout " + command.fromLayout() + " any more");
        }
        RelocationRow known = reader.relocation(inode);
        if (known != null) {
            return JobRules.accept(draft, new JobOutcome.Begun(plan(reader, inode, known)));
        }
        Layout from = reader.layout(placement.layout());
        String unusable = unusable(draft.context(), from, command.bricks());
        if (unusable != null) {
            return refuse(inode, RefusalCode.BRICK_DOWN, "version " + command.version() + " is not moved: " + unusable);
        }
        Layout to = Layouts.with(draft, command.bricks(), command.replicaCount());
        if (to.width() != from.width()) {
            throw new AssertionError("layout " + to + " is not as wide as " + from);
        }
        if (losesCopies(draft, inode, from, to)) {
            return refuse(
                    inode,
                    RefusalCode.BRICK_DOWN,
                    "version " + command.version()
                            + " is not moved: the bricks that would keep its copies do not answer, or lack chunks that"
                            + " have to be healed first");
        }
        RelocationRow row = new RelocationRow(file.generation(), from.id(), to.id(), draft.takeNumber(), command.job());
        draft.putRelocation(inode, row);
        return JobRules.accept(draft, new JobOutcome.Begun(plan(reader, inode, row)));
    }

    private static JobDecision refuse(long inode, RefusalCode code, String text) {
        return new JobDecision(List.of(), new JobOutcome.NotBegun(inode, new Refusal(code, text)));
    }

    /** Why {@code bricks} cannot have the copies that {@code from} has not, or null. */
    private static @Nullable String unusable(VolumeContext context, Layout from, List<BrickId> bricks) {
        Set<BrickId> accepting = new HashSet<>();
        context.bricks().stream().filter(BrickState::accepting).forEach(brick -> accepting.add(brick.id()));
        return bricks.stream()
                .filter(brick -> !from.bricks().contains(brick) && !accepting.contains(brick))
                .findFirst()
                .map(brick -> "brick " + brick + " takes no chunks")
                .orElse(null);
    }

    static JobDecision finish(Draft draft, JobCommand.FinishRelocation command) {
        long inode = command.inode();
        RelocationRow row = draft.reader().relocation(inode);
        if (row == null || row.order() != command.order()) {
            return JobRules.accept(draft, new JobOutcome.Ended(inode, false));
        }
        FileInode file = draft.reader().file(inode);
        Placement placement = file.placement();
        if (placement == null || file.generation() != row.generation() || placement.layout() != row.from()) {
            throw new AssertionError("relocation " + row + " is of another content than inode " + inode + " has");
        }
        Layout from = draft.reader().layout(row.from());
        Layout to = draft.reader().layout(row.to());
        if (losesCopies(draft, inode, from, to)) {
            return abandon(draft, new JobCommand.AbandonRelocation(inode, command.order()));
        }
        draft.deleteRelocation(inode);
        draft.moveFile(inode, file, from, to);
        draft.queueDropping(
                inode,
                new DeletionRow(inode, row.generation(), row.from(), row.to(), placement.seed()),
                draft.context().nowMillis() + draft.context().purgeDelayMillis());
        return JobRules.accept(draft, new JobOutcome.Ended(inode, true));
    }

    /**
     * Whether {@code to} gives up copies of a column and keeps only such that are known to be incomplete, or whose bricks do not answer and
     * may be lost. Those that are made anew are complete: all their chunks are verified.
     */
    private static boolean losesCopies(Draft draft, long inode, Layout from, Layout to) {
        Set<BrickId> serving = new HashSet<>();
        draft.context().bricks().stream().filter(BrickState::serving).forEach(brick -> serving.add(brick.id()));
        return IntStream.range(0, from.width()).anyMatch(column -> {
            List<BrickId> before = from.column(column);
            List<BrickId> after = to.column(column);
            return !after.containsAll(before)
                    && after.stream()
                            .noneMatch(brick -> !before.contains(brick)
                                    || (serving.contains(brick)
                                            && draft.reader().missing(brick, inode) == null));
        });
    }

    static JobDecision abandon(Draft draft, JobCommand.AbandonRelocation command) {
        long inode = command.inode();
        RelocationRow row = draft.reader().relocation(inode);
        if (row == null || row.order() != command.order()) {
            return JobRules.accept(draft, new JobOutcome.Ended(inode, false));
        }
        Placement placement = draft.reader().file(inode).placement();
        if (placement == null) {
            throw new AssertionError("relocation " + row + " is of a file without chunks, inode " + inode);
        }
        draft.deleteRelocation(inode);
        draft.queueDropping(
                inode,
                new DeletionRow(inode, row.generation(), row.to(), row.from(), placement.seed()),
                draft.context().nowMillis());
        return JobRules.accept(draft, new JobOutcome.Ended(inode, false));
    }

    private static RelocationPlan plan(NamespaceReader reader, long inode, RelocationRow row) {
        FileInode file = reader.file(inode);
        Placement placement = file.placement();
        if (placement == null) {
            throw new AssertionError("relocation " + row + " is of a file without chunks, inode " + inode);
        }
        return new RelocationPlan(
                new FileVersion(reader.volume(), inode, row.generation()),
                new Striping(reader.layout(row.from()), placement.seed(), placement.stripeUnitBytes()),
                new Striping(reader.layout(row.to()), placement.seed(), placement.stripeUnitBytes()),
                file.sizeBytes(),
                row.order());
    }
}
