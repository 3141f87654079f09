package io.mortar.node.brick.store;

import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.volume.VolumeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells of which contents a brick has chunks, page by page. A page reads a bounded number of directories and holds no more than its
 * versions, whatever the brick has. A version with chunks in a row and in files comes twice. What is stored or removed meanwhile may be
 * missing or be there; everything else is listed. Blocking; safe for use by several threads.
 */
final class VersionScan {
    /** Directories looked at for one page, so that a page comes soon from a brick with few chunks, too. */
    private static final int DIRECTORIES_MAX = 1024;

    private static final Comparator<FileVersion> IN_ORDER = Comparator.comparing(
                    FileVersion::inode, Long::compareUnsigned)
            .thenComparing(FileVersion::generation, Long::compareUnsigned);

    private final Disk disk;
    private final ChunkDirectories directories;
    private final ChunkRows rows;

    VersionScan(Disk disk, ChunkDirectories directories, ChunkRows rows) {
        this.disk = disk;
        this.directories = directories;
        this.rows = rows;
    }

    /** The versions of {@code volume} that follow {@code from}, at most {@code limit}. */
    VersionPage page(VolumeId volume, VersionCursor from, int limit) throws IOException {
        List<FileVersion> versions = new ArrayList<>();
        VersionCursor next = from;
        if (from.directory() == VersionCursor.ROWS) {
            versions.addAll(rows.versionsAfter(volume, from.after(), limit));
            if (versions.size() == limit) {
                return page(versions, new VersionCursor(VersionCursor.ROWS, versions.get(limit - 1)));
            }
            next = new VersionCursor(0, null);
        }
        int lookedAt = 0;
        while (next.directory() < ChunkDirectories.COUNT) {
            int upper = next.directory() >>> 8 << 8;
            Set<String> present = Set.copyOf(disk.list(directories.upper(upper)));
            for (int number = next.directory(); number < upper + 256; number++) {
                Path path = directories.directory(number);
                if (present.contains(String.valueOf(path.getFileName()))) {
                    if (lookedAt++ == DIRECTORIES_MAX) {
                        return page(versions, new VersionCursor(number, null));
                    }
                    VersionCursor here = number == next.directory() ? next : new VersionCursor(number, null);
                    versions.addAll(versionsIn(path, volume, here, limit - versions.size()));
                    if (versions.size() == limit) {
                        return page(versions, new VersionCursor(number, versions.get(limit - 1)));
                    }
                }
            }
            next = new VersionCursor(upper + 256, null);
        }
        return new VersionPage(versions, VersionCursor.NONE);
    }

    private static VersionPage page(List<FileVersion> versions, VersionCursor next) {
        return new VersionPage(versions, next.toText());
    }

    /** The first ones in order, without holding the others. */
    private Set<FileVersion> versionsIn(Path directory, VolumeId volume, VersionCursor from, int limit)
            throws IOException {
        TreeSet<FileVersion> first = new TreeSet<>(IN_ORDER);
        FileVersion after = from.after();
        disk.forEach(directory, name -> {
            ChunkId chunk = ChunkNames.parse(name);
            if (chunk != null
                    && chunk.file().volume().equals(volume)
                    && (after == null || IN_ORDER.compare(chunk.file(), after) > 0)
                    && first.add(chunk.file())
                    && first.size() > limit) {
                first.pollLast();
            }
        });
        return first;
    }
}
