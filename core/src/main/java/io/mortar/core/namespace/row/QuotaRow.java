package io.mortar.core.namespace.row;

/**
 * How much a directory may hold, and what it holds. The key says which directory. Of the root only the limits are of use: what a volume
 * holds is in its {@link CountersRow}.
 *
 * @param number tells this quota from an earlier one of the same directory; from the volume's sequence of numbers
 * @param bytesMax sum of the sizes of all files below the directory that it may hold; -1 for any
 * @param entriesMax files and directories below the directory that it may hold; -1 for any
 */
public record QuotaRow(long number, long bytesMax, long entriesMax, long usedBytes, long usedEntries) {
    private static final int VERSION = 1;

    public static QuotaRow decode(byte[] value) {
        return RowReader.read(
                Table.QUOTA, VERSION, value, in -> new QuotaRow(in.u64(), in.u64(), in.u64(), in.u64(), in.u64()));
    }

    public byte[] encode() {
        return RowWriter.of(Table.QUOTA, VERSION, 5 * Long.BYTES)
                .u64(number)
                .u64(bytesMax)
                .u64(entriesMax)
                .u64(usedBytes)
                .u64(usedEntries)
                .done();
    }

    public QuotaRow limitedTo(long bytes, long entries) {
        return new QuotaRow(number, bytes, entries, usedBytes, usedEntries);
    }

    public QuotaRow plus(long bytes, long entries) {
        return new QuotaRow(number, bytesMax, entriesMax, usedBytes + bytes, usedEntries + entries);
    }
}
