package io.mortar.core.namespace;

import io.mortar.core.namespace.row.CountersRow;
import io.mortar.core.namespace.row.QuotaRow;
import io.mortar.core.volume.VolumeId;
import org.jspecify.annotations.Nullable;

/**
 * Counts of a volume. The content of a directory that was removed recursively counts until it is purged, since its space is not free
 * before.
 *
 * @param directoryCount without the root
 * @param storedBytes sum of the sizes of all files
 * @param reducedFileCount files of which a brick lacks copies of chunks
 */
public record Usage(long fileCount, long directoryCount, long storedBytes, long reducedFileCount) {
    /** The counts of {@code volume}; all 0 for one without rows. */
    public static Usage of(Rows rows, VolumeId volume) {
        CountersRow counters = new NamespaceReader(volume, rows).counters();
        return counters == null
                ? new Usage(0, 0, 0, 0)
                : new Usage(
                        counters.fileCount(),
                        counters.directoryCount(),
                        counters.storedBytes(),
                        counters.reducedFileCount());
    }

    /** Most bytes of files that {@code volume} may hold by the quota of its root; null for any. */
    public static @Nullable Long quotaBytes(Rows rows, VolumeId volume) {
        QuotaRow quota = new NamespaceReader(volume, rows).quota(CountersRow.ROOT_INODE);
        return quota == null || quota.bytesMax() < 0 ? null : quota.bytesMax();
    }
}
