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
import org.jspecify.annotations.Nullable;

/**
 * The proof that nothing of a volume is on a brick, or in a layout that is to go. It looks at all files, in slices, each at another state of the
 * rows. That is enough, since what was looked at cannot come to use such a layout again: new files and relocations get none, which the caller
 * sees to, and first of all it is made sure that none is under way that got one before. For use by one thread.
 */
public final class Vacancy {
    private final @Nullable BrickId brick;
    private final Predicate<Layout> unwanted;
    private final Set<Long> layouts = new HashSet<>();
    private Table table = Table.RELOCATION;
    private byte @Nullable [] next;
    private boolean done;
    private @Nullable String obstacle;

    private Vacancy(@Nullable BrickId brick, Predicate<Layout> unwanted) {
        this.brick = brick;
        this.unwanted = unwanted;
    }

    /** That nothing is on {@code brick}. It holds for good only if the brick was leaving before the first look, and no write that was decided before that is on its way. */
    public static Vacancy of(BrickId brick) {
        return new Vacancy(brick, layout -> layout.bricks().contains(brick));
    }

    /** That nobody uses a layout that is {@code unwanted}. It holds for good only if new files got no such layouts since before the first look. */
    public static Vacancy of(Predicate<Layout> unwanted) {
        return new Vacancy(null, unwanted);
    }

    /** Whether the end was reached, or an obstacle found. */
    public boolean isDone() {
        return done;
    }

    /** Who still uses such a layout, or may; empty if nobody does, once it is done. */
    public Optional<String> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    /** Goes on for some {@code rowsMax} rows. */
    public void look(VolumeContext context, Rows rows, int rowsMax) {
        NamespaceReader reader = new NamespaceReader(context.volume(), rows);
        int left = rowsMax;
        if (next == null && table == Table.RELOCATION) {
            // The only tables that may bring such a layout back to a file that was looked at: in one look, before any
            // file.
            findLayouts(context.volume(), rows);
            left -= scan(context, reader, Integer.MAX_VALUE);
            if (!done) {
                left -= scan(context, reader, Integer.MAX_VALUE);
            }
        }
        while (!done && left > 0) {
            left -= scan(context, reader, left);
        }
    }

    private void findLayouts(VolumeId volume, Rows rows) {
        try (RowCursor cursor = rows.scan(RowKeys.first(Table.LAYOUT, volume), RowKeys.end(Table.LAYOUT, volume))) {
            while (cursor.next()) {
                Layout layout = LayoutRow.decode(RowKeys.inodeOf(cursor.key()), cursor.value());
                if (unwanted.test(layout)) {
                    layouts.add(layout.id());
                }
            }
        }
        done = layouts.isEmpty();
    }

    /** Looks at up to {@code rowsMax} rows of the present table, then goes over to the next one; returns how many these were. */
    private int scan(VolumeContext context, NamespaceReader reader, int rowsMax) {
        if (done || (table == Table.DELETION && !awaitsDeletions(context))) {
            done = true;
            return 0;
        }
        int count = 0;
        byte[] from = next == null ? RowKeys.first(table, context.volume()) : next;
        try (RowCursor cursor = reader.rows().scan(from, RowKeys.end(table, context.volume()))) {
            while (cursor.next()) {
                if (count++ == rowsMax) {
                    next = cursor.key();
                    return count;
                }
                if (isUser(reader, cursor.value())) {
                    obstacle = text();
                    done = true;
                    return count;
                }
            }
        }
        next = null;
        done = table == Table.DELETION;
        table = switch (table) {
            case RELOCATION -> Table.LEASE;
            case LEASE -> Table.INODE;
            default -> Table.DELETION;
        };
        return count + 1;
    }

    /** A brick that does not answer cannot delete anything, and need not. */
    private boolean awaitsDeletions(VolumeContext context) {
        return brick != null
                && context.bricks().stream().anyMatch(state -> state.id().equals(brick) && state.serving());
    }

    private boolean isUser(NamespaceReader reader, byte[] value) {
        return switch (table) {
            case RELOCATION -> isOn(RelocationRow.decode(value));
            case LEASE -> layouts.contains(LeaseRow.decode(value).placement().layout());
            case INODE -> isOn(InodeRow.decode(value));
            case DELETION -> brick != null && Deletions.awaits(reader, DeletionRow.decode(value), brick);
            default -> throw new AssertionError("nothing is looked for in " + table);
        };
    }

    private String text() {
        return switch (table) {
            case RELOCATION -> "files are being moved";
            case LEASE -> "uploads that began before are not complete";
            case INODE -> "files are on it";
            default -> "contents are kept for readers a while longer";
        };
    }

    private boolean isOn(RelocationRow row) {
        return layouts.contains(row.from()) || layouts.contains(row.to());
    }

    private boolean isOn(InodeRow row) {
        if (!(row instanceof FileInode file)) {
            return false;
        }
        Placement placement = file.placement();
        return placement != null && layouts.contains(placement.layout());
    }
}
