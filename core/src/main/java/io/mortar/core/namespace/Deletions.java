package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.namespace.NamespaceReader.Child;
import io.mortar.core.namespace.row.CountersRow;
import io.mortar.core.namespace.row.DeletionRow;
import io.mortar.core.namespace.row.DetachedRow;
import io.mortar.core.namespace.row.FileInode;
import io.mortar.core.namespace.row.Placement;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.pool.BrickId;
import io.mortar.core.volume.VolumeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queue of contents to delete from bricks, and the directories that were detached and are still to be taken apart. */
public final class Deletions {
    /** Rows that are written at once of deletions that bricks have confirmed in part; the last row may go beyond it. */
    public static final int PARTLY_BYTES_MAX = 128 * 1024;

    private static final int CHARGED_PER_STEP = 16;

    private Deletions() {}

    /** The first {@code limit} deletions that are due at {@code context}'s time, earliest first. */
    public static List<DueDeletion> due(VolumeContext context, Rows rows, int limit) {
        return dueFrom(context, rows, RowKeys.first(Table.DELETION, context.volume()), limit);
    }

    /** The same behind {@code after}: so what cannot be carried out yet does not hold up what follows. */
    public static List<DueDeletion> dueAfter(VolumeContext context, Rows rows, DueDeletion after, int limit) {
        return dueFrom(context, rows, RowKeys.above(key(context.volume(), after)), limit);
    }

    private static List<DueDeletion> dueFrom(VolumeContext context, Rows rows, byte[] from, int limit) {
        VolumeId volume = context.volume();
        NamespaceReader reader = new NamespaceReader(volume, rows);
        List<DueDeletion> due = new ArrayList<>();
        byte[] end = RowKeys.deletion(volume, context.nowMillis() + 1, 0);
        try (RowCursor cursor = rows.scan(from, end)) {
            while (due.size() < limit && cursor.next()) {
                DueDeletion deletion = decode(reader, cursor);
                if (deletion != null) {
                    due.add(deletion);
                }
            }
        }
        return due;
    }

    /**
     * Null for copies of a file that is being moved just now. What is kept is decided when the copies are dropped, not when they were put
     * on the queue: the file may be back on a brick since.
     */
    private static @Nullable DueDeletion decode(NamespaceReader reader, RowCursor cursor) {
        DeletionRow row = DeletionRow.decode(cursor.value());
        Placement placement = placement(reader, row);
        if (placement != null && reader.relocation(row.inode()) != null) {
            return null;
        }
        Layout layout = reader.layout(row.layout());
        Layout kept = placement == null ? null : reader.layout(placement.layout());
        return new DueDeletion(
                RowKeys.dueMillisOf(cursor.key()),
                RowKeys.deletionNumberOf(cursor.key()),
                placement == null ? RowKeys.deletionNumberOf(cursor.key()) : lastNumber(reader),
                new FileVersion(reader.volume(), row.inode(), row.generation()),
                (kept == null ? ofDead(reader, row, layout) : withFewerColumns(layout, kept))
                        .filter(brick -> !isConfirmed(row, placement, brick))
                        .distinct()
                        .toList(),
                kept,
                placement == null ? 0 : placement.seed());
    }

    /** Where the file is that keeps some of its copies; null for a dead content. */
    private static @Nullable Placement placement(NamespaceReader reader, DeletionRow row) {
        FileInode file = row.keptLayout() == 0 ? null : reader.fileOrNull(row.inode());
        return file == null || file.generation() != row.generation() ? null : file.placement();
    }

    private static boolean isConfirmed(DeletionRow row, @Nullable Placement placement, BrickId brick) {
        return row.confirmedFor() == (placement == null ? 0 : placement.layout())
                && row.confirmed().contains(brick);
    }

    /** Whether {@code brick} has yet to confirm it, or may have. */
    static boolean awaits(NamespaceReader reader, DeletionRow row, BrickId brick) {
        Placement placement = placement(reader, row);
        Layout layout = reader.layout(row.layout());
        // What else a brick has of a dead content is told by the deletion that was queued when it died.
        Stream<BrickId> asked = placement == null ? ofDead(reader, row, layout) : layout.bricks().stream();
        return asked.anyMatch(brick::equals) && !isConfirmed(row, placement, brick);
    }

    /** What the content had when it died is told by the deletion that was queued then, and not before readers are through. */
    private static Stream<BrickId> ofDead(NamespaceReader reader, DeletionRow row, Layout layout) {
        List<BrickId> told = row.keptLayout() == 0
                ? List.of()
                : reader.layout(row.keptLayout()).bricks();
        return layout.bricks().stream().filter(brick -> !told.contains(brick));
    }

    private static long lastNumber(NamespaceReader reader) {
        CountersRow counters = reader.counters();
        if (counters == null) {
            throw new AssertionError("volume " + reader.volume() + " has deletions and no counters");
        }
        return counters.nextNumber() - 1;
    }

    /** The bricks of {@code layout} that have columns in it that they have not in {@code kept}. */
    private static Stream<BrickId> withFewerColumns(Layout layout, Layout kept) {
        return IntStream.range(0, layout.width())
                .boxed()
                .flatMap(column -> layout.column(column).stream()
                        .filter(brick -> !kept.column(column).contains(brick)));
    }

    /**
     * Takes deletions off the queue after all their bricks confirmed. Those of a file that has been moved meanwhile, or is being moved, stay:
     * a brick that was given other chunks of it since has ignored them. Outcome: Removed.
     */
    public static Decision done(VolumeContext context, Rows rows, List<DueDeletion> deletions) {
        NamespaceReader reader = new NamespaceReader(context.volume(), rows);
        List<RowChange> changes = new ArrayList<>();
        for (DueDeletion deletion : deletions) {
            if (!isOutdated(reader, deletion)) {
                changes.add(new RowChange(key(context.volume(), deletion), null));
            }
        }
        return new Decision(changes, new Outcome.Removed());
    }

    /**
     * Takes note of what some bricks have confirmed of deletions that wait for others, of as many as fit into {@link #PARTLY_BYTES_MAX}: bricks
     * may be asked again. Outcome: Removed.
     */
    public static Decision partly(VolumeContext context, Rows rows, List<PartialDeletion> deletions) {
        NamespaceReader reader = new NamespaceReader(context.volume(), rows);
        List<RowChange> changes = new ArrayList<>();
        int sizeBytes = 0;
        for (PartialDeletion partial : deletions) {
            if (sizeBytes >= PARTLY_BYTES_MAX) {
                break;
            }
            byte[] key = key(context.volume(), partial.deletion());
            byte[] value = rows.get(key);
            if (value != null && !isOutdated(reader, partial.deletion())) {
                DeletionRow row = DeletionRow.decode(value);
                Layout kept = partial.deletion().kept();
                long layout = kept == null ? 0 : kept.id();
                Set<BrickId> confirmed =
                        new LinkedHashSet<>(row.confirmedFor() == layout ? row.confirmed() : List.of());
                confirmed.addAll(partial.confirmed());
                byte[] noted = row.confirmedBy(List.copyOf(confirmed), layout).encode();
                changes.add(new RowChange(key, noted));
                sizeBytes += key.length + noted.length;
            }
        }
        return new Decision(changes, new Outcome.Removed());
    }

    private static boolean isOutdated(NamespaceReader reader, DueDeletion deletion) {
        Layout kept = deletion.kept();
        FileInode file =
                kept == null ? null : reader.fileOrNull(deletion.version().inode());
        if (kept == null
                || file == null
                || file.generation() != deletion.version().generation()) {
            return false;
        }
        Placement placement = file.placement();
        return placement == null
                || placement.layout() != kept.id()
                || reader.relocation(deletion.version().inode()) != null;
    }

    /**
     * Takes detached directories apart, in up to {@code limit} steps: files go to the queue, directories in them are detached in turn,
     * empty ones are dropped. No changes when nothing is detached; otherwise call it again. Outcome: Removed.
     */
    public static Decision purgeDetached(VolumeContext context, Rows rows, int limit) {
        Draft draft = new Draft(context, rows);
        VolumeId volume = context.volume();
        int stepsLeft = limit;
        try (RowCursor cursor = rows.scan(RowKeys.first(Table.DETACHED, volume), RowKeys.end(Table.DETACHED, volume))) {
            while (stepsLeft > 0 && cursor.next()) {
                long directory = RowKeys.detachedOf(cursor.key());
                stepsLeft = purge(draft, directory, DetachedRow.decode(cursor.value()), stepsLeft);
            }
        }
        return draft.accept(new Outcome.Removed());
    }

    /** Returns the steps that are left. */
    private static int purge(Draft draft, long directory, DetachedRow row, int limit) {
        // The row of a directory that is detached on the way repeats the quotas: the more there are, the fewer a step
        // has.
        int cost = 1 + row.charged().size() / CHARGED_PER_STEP;
        int count = Math.max(1, limit / cost);
        List<Child> children = draft.reader().children(directory, row.purgedTo(), count);
        for (Child child : children) {
            draft.deleteDentry(directory, child.name());
            if (child.dentry().directory()) {
                draft.detach(child.dentry().inode(), row.charged());
            } else {
                draft.dropFile(child.dentry().inode());
                Quotas.credit(draft, row.charged(), Charge.of(child.dentry()));
            }
        }
        if (children.size() < count) {
            draft.deleteDetached(directory);
            draft.dropDirectory(directory);
            Quotas.credit(draft, row.charged(), Charge.DIRECTORY);
            return limit - children.size() * cost - 1;
        }
        draft.putDetached(
                directory, row.purgedTo(children.get(children.size() - 1).name()));
        return 0;
    }

    private static byte[] key(VolumeId volume, DueDeletion deletion) {
        return RowKeys.deletion(volume, deletion.dueMillis(), deletion.sequence());
    }
}
