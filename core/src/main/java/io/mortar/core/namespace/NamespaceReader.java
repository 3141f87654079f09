package io.mortar.core.namespace;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.namespace.row.CountersRow;
import io.mortar.core.namespace.row.DentryRow;
import io.mortar.core.namespace.row.FileInode;
import io.mortar.core.namespace.row.InodeRow;
import io.mortar.core.namespace.row.LayoutRow;
import io.mortar.core.namespace.row.LeaseRow;
import io.mortar.core.namespace.row.MissingRow;
import io.mortar.core.namespace.row.QuotaRow;
import io.mortar.core.namespace.row.RelocationRow;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.pool.BrickId;
import io.mortar.core.volume.VolumeId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The rows of one volume, decoded. */
record NamespaceReader(VolumeId volume, Rows rows) {
    /** A name and what it stands for. */
    record Child(String name, DentryRow dentry) {}

    @Nullable
    CountersRow counters() {
        byte[] value = rows.get(RowKeys.counters(volume));
        return value == null ? null : CountersRow.decode(value);
    }

    @Nullable
    DentryRow dentry(long parent, String name) {
        byte[] value = rows.get(RowKeys.dentry(volume, parent, name));
        return value == null ? null : DentryRow.decode(value);
    }

    /** Up to {@code limit} names in {@code parent} after {@code after}, in byte order. */
    List<Child> children(long parent, String after, int limit) {
        byte[] from = after.isEmpty()
                ? RowKeys.dentries(volume, parent)
                : RowKeys.above(RowKeys.dentry(volume, parent, after));
        List<Child> children = new ArrayList<>();
        try (RowCursor cursor = rows.scan(from, RowKeys.dentries(volume, parent + 1))) {
            while (children.size() < limit && cursor.next()) {
                children.add(new Child(RowKeys.nameOf(cursor.key()), DentryRow.decode(cursor.value())));
            }
        }
        return children;
    }

    boolean isEmpty(long directory) {
        return children(directory, "", 1).isEmpty();
    }

    /** An inode that a dentry names. */
    InodeRow inode(long inode) {
        byte[] value = rows.get(RowKeys.inode(volume, inode));
        if (value == null) {
            throw new AssertionError("volume " + volume + " names inode " + inode + ", which has no row");
        }
        return InodeRow.decode(value);
    }

    /** An inode that a dentry names as a file. */
    FileInode file(long inode) {
        if (inode(inode) instanceof FileInode file) {
            return file;
        }
        throw new AssertionError("volume " + volume + " names inode " + inode + " as a file, but it is a directory");
    }

    /** A layout that an inode, lease or deletion names. */
    Layout layout(long layout) {
        byte[] value = rows.get(RowKeys.layout(volume, layout));
        if (value == null) {
            throw new AssertionError("volume " + volume + " names layout " + layout + ", which has no row");
        }
        return LayoutRow.decode(layout, value);
    }

    OptionalLong layoutOf(List<BrickId> bricks, int replicaCount) {
        byte[] value = rows.get(RowKeys.layoutIndex(volume, bricks, replicaCount));
        return value == null ? OptionalLong.empty() : OptionalLong.of(LayoutRow.decodeIndex(value));
    }

    /** Up to {@code limit} numbers of layouts that {@code brick} is in. */
    List<Long> layoutsOf(BrickId brick, int limit) {
        List<Long> layouts = new ArrayList<>();
        try (RowCursor cursor =
                rows.scan(RowKeys.brickLayouts(volume, brick), RowKeys.brickLayout(volume, brick, Long.MAX_VALUE))) {
            while (layouts.size() < limit && cursor.next()) {
                layouts.add(RowKeys.layoutOf(cursor.key()));
            }
        }
        return layouts;
    }

    /** What {@code brick} lacks of {@code inode}, or null. */
    @Nullable
    MissingRow missing(BrickId brick, long inode) {
        byte[] value = rows.get(RowKeys.missing(volume, brick, inode));
        return value == null ? null : MissingRow.decode(value);
    }

    /** How {@code inode} is being moved, or null. */
    @Nullable
    RelocationRow relocation(long inode) {
        byte[] value = rows.get(RowKeys.relocation(volume, inode));
        return value == null ? null : RelocationRow.decode(value);
    }

    /** The quota of {@code directory}, or null. */
    @Nullable
    QuotaRow quota(long directory) {
        byte[] value = rows.get(RowKeys.quota(volume, directory));
        return value == null ? null : QuotaRow.decode(value);
    }

    /** The file's inode if there is one; null for a directory, too. */
    @Nullable
    FileInode fileOrNull(long inode) {
        byte[] value = rows.get(RowKeys.inode(volume, inode));
        return value != null && InodeRow.decode(value) instanceof FileInode file ? file : null;
    }

    /** The lease of {@code version}, which may be one of another volume and then is not found. */
    @Nullable
    LeaseRow lease(FileVersion version) {
        byte[] value = version.volume().equals(volume) ? rows.get(RowKeys.lease(version)) : null;
        return value == null ? null : LeaseRow.decode(value);
    }
}
