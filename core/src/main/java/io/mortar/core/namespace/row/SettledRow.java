package io.mortar.core.namespace.row;

/**
 * Which answers of a client were forgotten because the client has them.
 *
 * @param settledBelow requests with smaller numbers are done and must not be carried out again
 */
public record SettledRow(long writtenMillis, long settledBelow) {
    private static final int VERSION = 1;

    public static SettledRow decode(byte[] value) {
        return RowReader.read(Table.ANSWER, VERSION, value, in -> new SettledRow(in.u64(), in.u64()));
    }

    public byte[] encode() {
        return RowWriter.of(Table.ANSWER, VERSION, 2 * Long.BYTES)
                .u64(writtenMillis)
                .u64(settledBelow)
                .done();
    }
}
