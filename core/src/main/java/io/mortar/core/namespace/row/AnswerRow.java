package io.mortar.core.namespace.row;

/**
 * What a request was answered with.
 *
 * @param writtenMillis when, for answers whose client went away
 */
public record AnswerRow(long writtenMillis, byte[] answer) {
    private static final int VERSION = 1;

    public static AnswerRow decode(byte[] value) {
        return RowReader.read(Table.ANSWER, VERSION, value, in -> new AnswerRow(in.u64(), in.rest()));
    }

    public byte[] encode() {
        return RowWriter.of(Table.ANSWER, VERSION, Long.BYTES + answer.length)
                .u64(writtenMillis)
                .bytes(answer)
                .done();
    }
}
