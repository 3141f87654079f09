package io.mortar.core.namespace.row;

/**
 * A content whose chunks are to be deleted: all of them when it is dead, or the copies of {@code layout} that the file has no more.
 *
 * @param layout its layout, whose bricks may have chunks of it
 * @param keptLayout the layout that the file got when this was put on the queue; 0 for a dead content
 * @param seed column of chunk 0 before reduction, in both layouts; 0 for a dead content
 */
public record DeletionRow(long inode, long generation, long layout, long keptLayout, int seed) {
    private static final int VERSION = 1;

    /** Adds the layout that is kept. A content of which nothing is kept is still written as before. */
    private static final int KEPT_VERSION = 2;

    /** Of a dead content. */
    public DeletionRow(long inode, long generation, long layout) {
        this(inode, generation, layout, 0, 0);
    }

    public static DeletionRow decode(byte[] value) {
        return RowReader.read(
                Table.DELETION,
                VERSION,
                KEPT_VERSION,
                value,
                (in, version) -> new DeletionRow(
                        in.u64(),
                        in.u64(),
                        in.u64(),
                        version == VERSION ? 0 : in.u64(),
                        version == VERSION ? 0 : in.u32()));
    }

    public byte[] encode() {
        RowWriter out = keptLayout == 0
                ? RowWriter.of(Table.DELETION, VERSION, 3 * Long.BYTES)
                : RowWriter.of(Table.DELETION, KEPT_VERSION, 4 * Long.BYTES + Integer.BYTES);
        out.u64(inode).u64(generation).u64(layout);
        return (keptLayout == 0 ? out : out.u64(keptLayout).u32(seed)).done();
    }
}
