package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.row.DeletionRow;
import io.mortar.core.namespace.row.FileInode;
import io.mortar.core.namespace.row.MissingRow;
import io.mortar.core.namespace.row.Placement;
import io.mortar.core.namespace.row.RelocationRow;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.pool.BrickId;
import io.mortar.core.volume.VolumeId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a scrub found on bricks, looked at again when it is dealt with: files come and go while bricks are read. */
public final class Findings {
    private Findings() {}

    /** Those of {@code versions} that nothing names and nothing will delete by itself. */
    public static List<FileVersion> orphans(Rows rows, List<FileVersion> versions, BrickId brick) {
        List<FileVersion> unnamed = versions.stream()
                .distinct()
                .filter(version -> isOrphan(rows, version, brick))
                .toList();
        if (unnamed.isEmpty()) {
            return unnamed;
        }
        Set<Long> dying = dying(rows, unnamed.get(0).volume());
        return unnamed.stream()
                .filter(version -> !dying.contains(version.inode()))
                .toList();
    }

    /** Numbers of the files whose copies are on the queue of deletions: what bricks have of them goes by itself. */
    private static Set<Long> dying(Rows rows, VolumeId volume) {
        Set<Long> dying = new HashSet<>();
        try (RowCursor cursor = rows.scan(RowKeys.first(Table.DELETION, volume), RowKeys.end(Table.DELETION, volume))) {
            while (cursor.next()) {
                dying.add(DeletionRow.decode(cursor.value()).inode());
            }
        }
        return dying;
    }

    /** Whether no file, upload or move has chunks of {@code version} on {@code brick}. */
    private static boolean isOrphan(Rows rows, FileVersion version, BrickId brick) {
        return isOrphan(new NamespaceReader(version.volume(), rows), version, brick);
    }

    private static boolean isOrphan(NamespaceReader reader, FileVersion version, BrickId brick) {
        if (reader.lease(version) != null) {
            return false;
        }
        Layout layout = layout(reader, version);
        RelocationRow relocation = reader.relocation(version.inode());
        return layout == null || (relocation == null && !layout.bricks().contains(brick));
    }

    /** The layout of a content that is not replaced or removed; null if it is. */
    private static @Nullable Layout layout(NamespaceReader reader, FileVersion version) {
        FileInode file = reader.fileOrNull(version.inode());
        Placement placement = file == null || file.generation() != version.generation() ? null : file.placement();
        return placement == null ? null : reader.layout(placement.layout());
    }

    /** A brick that lost the chunk since, or is known to lack it, is nothing new. */
    static JobDecision note(Draft draft, JobCommand.NoteDamage command) {
        FileVersion version = command.version();
        Layout layout = layout(draft.reader(), version);
        int count = 0;
        int hopeless = 0;
        if (layout != null && layout.id() == command.layout()) {
            MissingRow row = draft.reader().missing(command.brick(), version.inode());
            for (int index : command.indexes()) {
                if (isHopeless(draft.reader(), version, layout, command.brick(), index)) {
                    hopeless++;
                }
                if (layout.replicaCount() > 1) {
                    row = row == null ? new MissingRow(version.generation(), List.of(index)) : row.with(index);
                    count++;
                }
            }
            if (row != null) {
                draft.putMissing(command.brick(), version.inode(), layout, row);
            }
        }
        return JobRules.accept(draft, new JobOutcome.Noted(count, hopeless));
    }

    /** Whether all other bricks of the chunk's column are known to lack it, too. */
    private static boolean isHopeless(
            NamespaceReader reader, FileVersion version, Layout layout, BrickId brick, int index) {
        FileInode file = reader.file(version.inode());
        Placement placement = file.placement();
        if (placement == null) {
            throw new AssertionError("version " + version + " has a layout and no placement");
        }
        return new Striping(layout, placement.seed(), placement.stripeUnitBytes())
                .bricksOf(index).stream()
                        .filter(other -> !other.equals(brick))
                        .map(other -> reader.missing(other, version.inode()))
                        .allMatch(missing -> missing != null
                                && (missing.chunks().isEmpty()
                                        || missing.chunks().contains(index)));
    }

    /** By way of the queue of deletions, with a layout of this one brick, so that it is carried out however often the brick fails. */
    static JobDecision drop(Draft draft, JobCommand.DropOrphan command) {
        FileVersion version = command.version();
        if (!isOrphan(draft.reader(), version, command.brick())) {
            return JobRules.accept(draft, new JobOutcome.Noted(0, 0));
        }
        long now = draft.context().nowMillis();
        Layout single = Layouts.with(draft, List.of(command.brick()), 1);
        Layout layout = layout(draft.reader(), version);
        if (layout == null) {
            draft.queueDeletion(version, new Placement(single.id(), 0, 1), now);
        } else {
            draft.queueDropping(
                    version.inode(),
                    new DeletionRow(version.inode(), version.generation(), single.id(), layout.id(), 0),
                    now);
        }
        return JobRules.accept(draft, new JobOutcome.Noted(1, 0));
    }
}
