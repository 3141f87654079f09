package io.mortar.core.namespace.row;

/**
 * A file whose chunks are being copied to another layout. The key says which.
 *
 * @param generation of the content that is copied
 * @param from number of the layout that the file has
 * @param to number of the layout that it is to have
 * @param order number of this relocation in its volume; bricks refuse what is older than what they know
 * @param job that it belongs to
 */
public record RelocationRow(long generation, long from, long to, long order, long job) {
    private static final int VERSION = 1;

    public static RelocationRow decode(byte[] value) {
        return RowReader.read(
                Table.RELOCATION,
                VERSION,
                value,
                in -> new RelocationRow(in.u64(), in.u64(), in.u64(), in.u64(), in.u64()));
    }

    public byte[] encode() {
        return RowWriter.of(Table.RELOCATION, VERSION, 5 * Long.BYTES)
                .u64(generation)
                .u64(from)
                .u64(to)
                .u64(order)
                .u64(job)
                .done();
    }
}
