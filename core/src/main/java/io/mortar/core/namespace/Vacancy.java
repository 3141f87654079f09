package io.mortar.core.namespace;

import io.mortar.core.layout.Layout;
import io.mortar.core.namespace.row.DeletionRow;
import io.mortar.core.namespace.row.FileInode;
import io.mortar.core.namespace.row.InodeRow;
import io.mortar.core.namespace.row.LayoutRow;
import io.mortar.core.namespace.row.LeaseRow;
import io.mortar.core.namespace.row.Placement;
import io.mortar.core.namespace.row.RelocationRow;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.pool.BrickId;
import io.mortar.core.volume.VolumeId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The proof that nothing of a volume is on a brick, so that it can go. Reads all files of the volume. */
public final class Vacancy {
    private Vacancy() {}

    /**
     * What is still on {@code brick}, or may come; empty if there is nothing. It holds for good only if the brick was leaving when
     * {@code rows} were read and no write that was decided before that is on its way.
     */
    public static Optional<String> obstacle(VolumeContext context, Rows rows, BrickId brick) {
        NamespaceReader reader = new NamespaceReader(context.volume(), rows);
        Set<Long> layouts = new HashSet<>(reader.layoutsOf(brick, Integer.MAX_VALUE));
        Optional<String> user = user(context, rows, layouts);
        if (user.isPresent() || layouts.isEmpty()) {
            return user;
        }
        boolean serves = context.bricks().stream().anyMatch(state -> state.id().equals(brick) && state.serving());
        // A brick that does not answer cannot delete anything, and need not.
        if (serves && has(context, rows, Table.DELETION, value -> isOn(reader, DeletionRow.decode(value), brick))) {
            return Optional.of("contents are kept for readers a while longer");
        }
        return Optional.empty();
    }

    /**
     * Who still uses one of the {@code unwanted} layouts, or may; empty if nobody does. It holds for good only if new files get no such
     * layouts.
     */
    public static Optional<String> obstacle(VolumeContext context, Rows rows, Predicate<Layout> unwanted) {
        VolumeId volume = context.volume();
        Set<Long> layouts = new HashSet<>();
        try (RowCursor cursor = rows.scan(RowKeys.first(Table.LAYOUT, volume), RowKeys.end(Table.LAYOUT, volume))) {
            while (cursor.next()) {
                Layout layout = LayoutRow.decode(RowKeys.inodeOf(cursor.key()), cursor.value());
                if (unwanted.test(layout)) {
                    layouts.add(layout.id());
                }
            }
        }
        return user(context, rows, layouts);
    }

    private static Optional<String> user(VolumeContext context, Rows rows, Set<Long> layouts) {
        if (layouts.isEmpty()) {
            return Optional.empty();
        }
        if (has(context, rows, Table.RELOCATION, value -> isOn(RelocationRow.decode(value), layouts))) {
            return Optional.of("files are being moved");
        }
        if (has(
                context,
                rows,
                Table.LEASE,
                value -> layouts.contains(LeaseRow.decode(value).placement().layout()))) {
            return Optional.of("uploads that began before are not complete");
        }
        if (has(context, rows, Table.INODE, value -> isOn(InodeRow.decode(value), layouts))) {
            return Optional.of("files are on it");
        }
        return Optional.empty();
    }

    private static boolean isOn(RelocationRow row, Set<Long> layouts) {
        return layouts.contains(row.from()) || layouts.contains(row.to());
    }

    private static boolean isOn(InodeRow row, Set<Long> layouts) {
        if (!(row instanceof FileInode file)) {
            return false;
        }
        Placement placement = file.placement();
        return placement != null && layouts.contains(placement.layout());
    }

    private static boolean isOn(NamespaceReader reader, DeletionRow row, BrickId brick) {
        return reader.layout(row.layout()).bricks().contains(brick);
    }

    private static boolean has(VolumeContext context, Rows rows, Table table, Predicate<byte[]> matches) {
        try (RowCursor cursor =
                rows.scan(RowKeys.first(table, context.volume()), RowKeys.end(table, context.volume()))) {
            while (cursor.next()) {
                if (matches.test(cursor.value())) {
                    return true;
                }
            }
        }
        return false;
    }
}
