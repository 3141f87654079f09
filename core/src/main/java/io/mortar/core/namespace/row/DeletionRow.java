package io.mortar.core.namespace.row;

/**
 * A content whose chunks are to be deleted.
 *
 * @param layout its layout, whose bricks may have chunks of it
 */
public record DeletionRow(long inode, long generation, long layout) {
    private static final int VERSION = 1;

    public static DeletionRow decode(byte[] value) {
        return RowReader.read(Table.DELETION, VERSION, value, in -> new DeletionRow(in.u64(), in.u64(), in.u64()));
    }

    public byte[] encode() {
        return RowWriter.of(Table.DELETION, VERSION, 3 * Long.BYTES)
                .u64(inode)
                .u64(generation)
                .u64(layout)
                .done();
    }
}
