package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.Relocator;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.row.FileInode;
import io.mortar.core.namespace.row.InodeRow;
import io.mortar.core.namespace.row.Placement;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.volume.VolumeId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Goes over the files of a volume that have chunks, by inode. New files have higher inodes than all before them. */
public final class FileWalk {
    private FileWalk() {}

    /** A file that a walk comes across. */
    public record Step(FileVersion version, Relocator.File file) {}

    /**
     * Shows the files with inodes above {@code after} to {@code visit}, which says whether to go on, after at most {@code inodesMax}
     * inodes of any kind.
     *
     * @return the last inode that was looked at; {@link Long#MAX_VALUE} at the end
     */
    public static long over(Rows rows, VolumeId volume, long after, int inodesMax, Predicate<Step> visit) {
        NamespaceReader reader = new NamespaceReader(volume, rows);
        Map<Long, Layout> layouts = new HashMap<>();
        long last = after;
        int seen = 0;
        try (RowCursor cursor = rows.scan(RowKeys.inode(volume, after + 1), RowKeys.end(Table.INODE, volume))) {
            while (cursor.next()) {
                last = RowKeys.inodeOf(cursor.key());
                Step step = InodeRow.decode(cursor.value()) instanceof FileInode file
                        ? step(reader, last, file, layouts)
                        : null;
                boolean goOn = step == null || visit.test(step);
                if (!goOn || ++seen >= inodesMax) {
                    return last;
                }
            }
        }
        return Long.MAX_VALUE;
    }

    /** The file {@code inode}; null if it is gone or has no chunks. */
    public static @Nullable Step find(Rows rows, VolumeId volume, long inode) {
        NamespaceReader reader = new NamespaceReader(volume, rows);
        FileInode file = reader.fileOrNull(inode);
        return file == null ? null : step(reader, inode, file, new HashMap<>());
    }

    private static @Nullable Step step(NamespaceReader reader, long inode, FileInode file, Map<Long, Layout> layouts) {
        Placement placement = file.placement();
        if (placement == null) {
            return null;
        }
        Layout layout = layouts.computeIfAbsent(placement.layout(), reader::layout);
        return new Step(
                new FileVersion(reader.volume(), inode, file.generation()),
                new Relocator.File(
                        new Striping(layout, placement.seed(), placement.stripeUnitBytes()), inode, file.sizeBytes()));
    }
}
