package io.mortar.core.namespace.row;

/**
 * Absolute counters of a volume.
 *
 * @param directoryCount without the root
 * @param storedBytes sum of the sizes of all files
 * @param nextNumber next inode, generation or deletion number: one sequence, so that none is ever used twice
 * @param nextLayout next layout number
 * @param createdMillis when the volume got its first row
 * @param reducedFileCount files of which a brick lacks copies of chunks
 * @param quotaCount directories that have a quota
 */
public record CountersRow(
        long fileCount,
        long directoryCount,
        long storedBytes,
        long nextNumber,
        long nextLayout,
        long leaseCount,
        long createdMillis,
        long reducedFileCount,
        long quotaCount) {
    /** Inode of a volume's root; it has no row. */
    public static final long ROOT_INODE = 1;

    private static final int VERSION = 1;

    /** Adds {@code reducedFileCount}. Without such files the row is still written as before. */
    private static final int REDUCED_VERSION = 2;

    /** Adds {@code quotaCount}. Without quotas the row is still written as before. */
    private static final int QUOTA_VERSION = 3;

    private static final int FIELDS_BYTES = 7 * Long.BYTES;

    /** The counters of a volume that has no row yet. */
    public static CountersRow first(long createdMillis) {
        return new CountersRow(0, 0, 0, ROOT_INODE + 1, 1, 0, createdMillis, 0, 0);
    }

    public static CountersRow decode(byte[] value) {
        return RowReader.read(
                Table.COUNTERS,
                VERSION,
                QUOTA_VERSION,
                value,
                (in, version) -> new CountersRow(
                        in.u64(),
                        in.u64(),
                        in.u64(),
                        in.u64(),
                        in.u64(),
                        in.u64(),
                        in.u64(),
                        version == VERSION ? 0 : in.u64(),
                        version < QUOTA_VERSION ? 0 : in.u64()));
    }

    public byte[] encode() {
        int version = quotaCount > 0 ? QUOTA_VERSION : reducedFileCount > 0 ? REDUCED_VERSION : VERSION;
        RowWriter out = RowWriter.of(Table.COUNTERS, version, FIELDS_BYTES + (version - VERSION) * Long.BYTES)
                .u64(fileCount)
                .u64(directoryCount)
                .u64(storedBytes)
                .u64(nextNumber)
                .u64(nextLayout)
                .u64(leaseCount)
                .u64(createdMillis);
        if (version >= REDUCED_VERSION) {
            out.u64(reducedFileCount);
        }
        if (version >= QUOTA_VERSION) {
            out.u64(quotaCount);
        }
        return out.done();
    }

    public CountersRow plusFiles(long files, long bytes) {
        return new CountersRow(
                fileCount + files,
                directoryCount,
                storedBytes + bytes,
                nextNumber,
                nextLayout,
                leaseCount,
                createdMillis,
                reducedFileCount,
                quotaCount);
    }

    public CountersRow plusDirectories(long directories) {
        return new CountersRow(
                fileCount,
                directoryCount + directories,
                storedBytes,
                nextNumber,
                nextLayout,
                leaseCount,
                createdMillis,
                reducedFileCount,
                quotaCount);
    }

    public CountersRow plusLeases(long leases) {
        return new CountersRow(
                fileCount,
                directoryCount,
                storedBytes,
                nextNumber,
                nextLayout,
                leaseCount + leases,
                createdMillis,
                reducedFileCount,
                quotaCount);
    }

    public CountersRow afterNumber() {
        return new CountersRow(
                fileCount,
                directoryCount,
                storedBytes,
                nextNumber + 1,
                nextLayout,
                leaseCount,
                createdMillis,
                reducedFileCount,
                quotaCount);
    }

    public CountersRow afterLayout() {
        return new CountersRow(
                fileCount,
                directoryCount,
                storedBytes,
                nextNumber,
                nextLayout + 1,
                leaseCount,
                createdMillis,
                reducedFileCount,
                quotaCount);
    }

    public CountersRow plusReducedFiles(long files) {
        return new CountersRow(
                fileCount,
                directoryCount,
                storedBytes,
                nextNumber,
                nextLayout,
                leaseCount,
                createdMillis,
                reducedFileCount + files,
                quotaCount);
    }

    public CountersRow plusQuotas(long quotas) {
        return new CountersRow(
                fileCount,
                directoryCount,
                storedBytes,
                nextNumber,
                nextLayout,
                leaseCount,
                createdMillis,
                reducedFileCount,
                quotaCount + quotas);
    }
}
