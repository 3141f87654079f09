package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.row.FileInode;
import io.mortar.core.namespace.row.MissingRow;
import io.mortar.core.namespace.row.Placement;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.volume.VolumeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What bricks lack: recorded with the write that could not place it or by a reader that did not find it, removed when the brick has it or
 * the content is gone. So whoever heals never has to search.
 */
public final class MissingCopies {
    private MissingCopies() {}

    /** Up to {@code limit} files of which {@code brick} lacks chunks, those with inodes above {@code after}, in order. */
    public static List<MissingCopy> of(Rows rows, VolumeId volume, BrickId brick, long after, int limit) {
        List<MissingCopy> copies = new ArrayList<>();
        byte[] from = RowKeys.missing(volume, brick, after + 1);
        try (RowCursor cursor = rows.scan(from, RowKeys.missing(volume, brick, Long.MAX_VALUE))) {
            while (copies.size() < limit && cursor.next()) {
                MissingRow row = MissingRow.decode(cursor.value());
                long inode = RowKeys.missingInodeOf(cursor.key());
                copies.add(new MissingCopy(brick, new FileVersion(volume, inode, row.generation()), row.chunks()));
            }
        }
        return copies;
    }

    /** Files of which {@code brick} lacks chunks. Reads a row for each. */
    public static long count(Rows rows, VolumeId volume, BrickId brick) {
        long count = 0;
        try (RowCursor cursor =
                rows.scan(RowKeys.missing(volume, brick, 0), RowKeys.missing(volume, brick, Long.MAX_VALUE))) {
            while (cursor.next()) {
                count++;
            }
        }
        return count;
    }

    /** How to heal {@code copy}; null if the content has been replaced or removed. */
    public static @Nullable HealPlan plan(Rows rows, MissingCopy copy) {
        NamespaceReader reader = new NamespaceReader(copy.version().volume(), rows);
        FileInode file = reader.fileOrNull(copy.version().inode());
        if (file == null || file.generation() != copy.version().generation()) {
            return null;
        }
        Placement placement = file.placement();
        if (placement == null) {
            return null;
        }
        Layout layout = reader.layout(placement.layout());
        return layout.bricks().contains(copy.brick())
                ? new HealPlan(
                        copy, new Striping(layout, placement.seed(), placement.stripeUnitBytes()), file.sizeBytes())
                : null;
    }

    /** Forgets {@code copy} after the brick was given all of it; keeps it if more was reported meanwhile. Outcome: Removed. */
    public static Decision healed(VolumeContext context, Rows rows, MissingCopy copy) {
        Draft draft = new Draft(context, rows);
        long inode = copy.version().inode();
        HealPlan plan = plan(rows, copy);
        if (plan != null && copy.row().equals(draft.reader().missing(copy.brick(), inode))) {
            draft.deleteMissing(copy.brick(), inode, plan.striping().layout());
        }
        return draft.accept(new Outcome.Removed());
    }

    static Decision report(Draft draft, Command.ReportDamage command) {
        FileVersion version = command.version();
        MissingCopy reported = new MissingCopy(command.brick(), version, List.of(command.index()));
        HealPlan plan = version.volume().equals(draft.volume()) && command.index() >= 0
                ? plan(draft.reader().rows(), reported)
                : null;
        if (plan == null
                || plan.next(command.index() - 1).isEmpty()
                || !plan.striping().bricksOf(command.index()).contains(command.brick())
                || plan.sources(command.index()).isEmpty()) {
            return draft.accept(new Outcome.DamageNoted(false));
        }
        MissingRow known = draft.reader().missing(command.brick(), version.inode());
        MissingRow next = known == null ? reported.row() : known.with(command.index());
        if (next.equals(known)) {
            return draft.accept(new Outcome.DamageNoted(false));
        }
        draft.putMissing(command.brick(), version.inode(), plan.striping().layout(), next);
        return draft.accept(new Outcome.DamageNoted(true));
    }

    /** Why a write that could not place all copies must not become visible, or null. */
    static @Nullable Refusal refusal(VolumeContext context, Layout layout, Command.CommitWrite command) {
        List<BrickId> missing = command.missing();
        if (!layout.bricks().containsAll(missing)) {
            return new Refusal(
                    RefusalCode.BAD_REQUEST,
                    "cannot commit version " + command.version() + ": layout " + layout.id()
                            + " does not have all of the bricks " + missing + " that are said to lack chunks");
        }
        for (int column = 0; column < layout.width(); column++) {
            long copies = layout.column(column).stream()
                    .filter(brick -> !missing.contains(brick))
                    .count();
            if (copies < Math.min(context.copiesMin(), layout.replicaCount())) {
                return new Refusal(
                        RefusalCode.BRICK_DOWN,
                        "cannot commit version " + command.version() + ": " + copies + " of at least "
                                + context.copiesMin() + " copies (min-copies) were stored; bricks " + missing
                                + " lack chunks; check their machines, then upload the file again");
            }
        }
        return null;
    }
}
